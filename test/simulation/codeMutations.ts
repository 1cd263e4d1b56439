import type { RemoteResult } from '../../electron/core/sync/remote.ts';

type Rules = typeof import('../../electron/core/domain/syncRules.ts');
type Marker = typeof import('../../electron/core/domain/marker.ts');
type Rebase = typeof import('../../electron/core/sync/outbox/rebase.ts');
type PushField = typeof import('../../electron/core/sync/push/pushField.ts');
type PushMessage = typeof import('../../electron/core/sync/push/pushMessage.ts');
type Helpdeskz = typeof import('../../electron/core/sync/remotes/helpdeskz/helpdeskzRemote.ts');
type PushDeletion = typeof import('../../electron/core/sync/push/pushDeletion.ts');
type Merge = typeof import('../../electron/core/domain/mergeFields.ts');
type Context = Parameters<PushField['pushField']>[0];
type Deps = Parameters<Rebase['rebaseTicket']>[0];

const MARKER = '../../electron/core/domain/marker.ts';
const REBASE = '../../electron/core/sync/outbox/rebase.ts';
const RULES = '../../electron/core/domain/syncRules.ts';
const PULL = '../../electron/core/sync/pull/pullTicket.ts';
const FIELD = '../../electron/core/sync/push/pushField.ts';
const MESSAGE = '../../electron/core/sync/push/pushMessage.ts';
const WIRE = '../../electron/core/sync/remotes/helpdeskz/helpdeskzRemote.ts';
const DELETION = '../../electron/core/sync/push/pushDeletion.ts';
const BRING_BACK = '../../electron/core/sync/pull/bringBack.ts';
const MERGE = '../../electron/core/domain/mergeFields.ts';
const OUTBOX = '../../electron/core/services/outbox.ts';

/** A decision of the rules replaced by another one. */
const deciding =
  (from: string, to: ReturnType<Rules['decide']>) =>
  ({ decide }: Rules) => ({
    decide: (change: Parameters<Rules['decide']>[0]) => {
      const decided = decide(change);
      return decided === from ? to : decided;
    },
  });

/** The rebase takes rows that stand at one of these for queued ones. */
const replaying =
  (...states: string[]) =>
  ({ rebaseTicket }: Rebase) => {
    const lie = (deps: Deps): Deps => {
      const { outbox } = deps.store;
      const byTicket: typeof outbox.byTicket = (id) =>
        outbox.byTicket(id).map((row) => (states.includes(row.state) ? { ...row, state: 'queued' } : row));
      return { ...deps, store: { ...deps.store, outbox: { ...outbox, byTicket } } };
    };
    return {
      rebaseTicket: (deps: Deps, id: Parameters<Rebase['rebaseTicket']>[1]) => rebaseTicket(lie(deps), id),
      rebase: ({ deps }: Context, id: Parameters<Rebase['rebase']>[1]) => rebaseTicket(lie(deps), id),
    };
  };

/** What stands there now is taken from the desk's own memory. */
function unlooked(sync: Context): Context {
  const { remoteTickets } = sync.deps.store;
  return {
    ...sync,
    remote: {
      ...sync.remote,
      showTicket: async (id) => {
        const ticketId = remoteTickets.localId('tickets', id);
        const base = ticketId === undefined ? undefined : remoteTickets.byTicket(ticketId as never);
        return base ? { ok: true, value: { ...base, id, createdAtS: 0 } } : sync.remote.showTicket(id);
      },
    },
  };
}

/** What got no answer is taken for something else. */
const hearing = <T>(call: (...args: never[]) => Promise<RemoteResult<T>>, as: 'not_found' | 'refused') =>
  (async (...args: never[]) => {
    const answer = await call(...args);
    if (answer.ok || answer.error.kind !== 'no_answer') return answer;
    return { ok: false, error: { kind: as, detail: answer.error.detail } };
  }) as typeof call;

const wire =
  (change: (remote: ReturnType<Helpdeskz['createHelpdeskzRemote']>) => object) =>
  ({ createHelpdeskzRemote }: Helpdeskz) => ({
    createHelpdeskzRemote: (options: Parameters<Helpdeskz['createHelpdeskzRemote']>[0]) => {
      const remote = createHelpdeskzRemote(options);
      return { ...remote, ...change(remote) };
    },
  });

/** A module of the engine, and what it does with one of its rules switched off; each must make some seed fail. */
export const CODE_MUTATIONS: Readonly<Record<string, readonly [string, (actual: never) => object]>> = {
  'no marker is sent': [MARKER, () => ({ withMarker: (_: string, bodyHtml: string) => bodyHtml })],
  'a marker is not recognised': [
    MARKER,
    ({ takeMarker }: Marker) => ({
      takeMarker: (bodyHtml: string) => ({ ...takeMarker(bodyHtml), marker: null }),
    }),
  ],
  'nothing is rebased': [REBASE, () => ({ rebase: () => false, rebaseTicket: () => false })],
  'the outbox is not played on top of the base': [
    RULES,
    () => ({ replay: (base: Parameters<Rules['replay']>[0]) => base }),
  ],
  'what was acknowledged is played once more': [REBASE, replaying('sent')],
  'what is held is played': [REBASE, replaying('held')],
  'what is in conflict is played': [REBASE, replaying('conflict')],
  'what was refused is played': [REBASE, replaying('rejected')],
  'a change is dropped instead of asked about': [RULES, deciding('ask', 'drop')],
  'what somebody else set is overwritten': [RULES, deciding('ask', 'apply')],
  'a close is not held, whatever came meanwhile': [RULES, deciding('hold', 'apply')],
  'nobody looks before a change leaves': [
    FIELD,
    ({ pushField }: PushField) => ({
      pushField: (sync: Context, row: Parameters<PushField['pushField']>[1]) =>
        pushField(unlooked(sync), row),
    }),
  ],
  'nobody looks before a reply that closes leaves': [
    MESSAGE,
    ({ pushMessage }: PushMessage) => ({
      pushMessage: (sync: Context, row: Parameters<PushMessage['pushMessage']>[1]) =>
        pushMessage(unlooked(sync), row),
    }),
  ],
  'a deletion is not believed': [PULL, () => ({ removeTicket: () => {} })],
  'no answer about a ticket counts as its deletion': [
    WIRE,
    wire(({ showTicket }) => ({ showTicket: hearing(showTicket, 'not_found') })),
  ],
  'no answer to a new ticket counts as a refusal': [
    WIRE,
    wire(({ createTicket }) => ({ createTicket: hearing(createTicket, 'refused') })),
  ],
  'no answer to a message counts as a refusal': [
    WIRE,
    wire(({ createMessage }) => ({ createMessage: hearing(createMessage, 'refused') })),
  ],
  'nobody looks before something is deleted for good': [
    DELETION,
    ({ pushDeletion }: PushDeletion) => ({
      pushDeletion: (sync: Context, row: Parameters<PushDeletion['pushDeletion']>[1]) =>
        pushDeletion(unlooked(sync), row),
    }),
  ],
  'what comes into a ticket of the trash stays there': [BRING_BACK, () => ({ bringBack: () => {} })],
  'a name or an address that somebody else set is overwritten': [
    MERGE,
    ({ mergeFields }: Merge) => ({
      mergeFields: (fields: Parameters<Merge['mergeFields']>[0]) => ({
        ...mergeFields(fields),
        conflicts: [],
      }),
    }),
  ],
  'what has left can be taken back': [OUTBOX, () => ({ canTakeBack: () => true })],
};
