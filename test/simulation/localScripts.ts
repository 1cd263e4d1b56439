import { ACTIONS } from '../../electron/core/api/helpdeskz/actions.ts';
import type { Action, Call } from '../../electron/core/api/helpdeskz/call.ts';
import type { Form } from '../../electron/core/api/helpdeskz/form.ts';
import { createEventStreams } from '../../electron/core/api/helpdeskz/openStreams.ts';
import { PERMISSIONS } from '../../shared/contract/desk.ts';
import type { AttachmentId, CustomerId, MessageId, TicketId } from '../../shared/model/ids.ts';
import { ok } from '../../shared/util/result.ts';
import { noteDropped, oneOf } from './administering.ts';
import type { Client } from './client.ts';
import { acting, confirmNew, type Ledger, rememberChange, rememberDeed } from './ledger.ts';
import type { World } from './world.ts';

type Fields = Readonly<Record<string, string>>;

/** A script that talks to the HelpDeskZ API of a desk, not of the server: its writes go to the outbox. */
export async function scriptWorks(
  world: World,
  client: Client,
  ledger: Ledger,
  ticketId: TicketId,
): Promise<void> {
  const { random } = world;
  const text = world.text(`${client.name} script`);
  const at = world.time.now();
  const staff = { staff_id: String(client.actor.staffId) };
  const what = random.int(0, 6);
  if (what <= 1) {
    const speaker: Fields = random.chance(0.5) ? { replier: 'user' } : { replier: 'staff', ...staff };
    const close: Fields = random.chance(0.3) ? { close: '1' } : {};
    const fields = { ticket_id: String(ticketId), message: text, ...speaker, ...close };
    const made = await ask(client, ACTIONS.messages.create, '', fields);
    if (made?.message_id) rememberDeed(ledger, client, { ticketId, messageId: made.message_id, at, text });
  } else if (what === 2) {
    await ask(client, ACTIONS.tickets.update, String(ticketId), { status: String(random.int(1, 5)) });
    rememberChange(ledger, client, ticketId, world.time.now());
  } else if (what === 3) await openTicket(world, client, ledger, text);
  else if (what === 4) {
    const email = `${client.name}${random.int(1, 3)}@mail.example`;
    await acting(world, ledger, client, () =>
      ask(client, ACTIONS.users.create, '', { fullname: text, email }),
    );
  } else await deletes(world, client, ledger);
}

const DELETABLE = ['tickets', 'tickets', 'attachments', 'users', 'departments'] as const;

/** Whoever gave it the permission meant it: nobody is asked. */
async function deletes(world: World, client: Client, ledger: Ledger): Promise<void> {
  const what = world.random.pick(DELETABLE);
  if (what === 'users' && world.random.chance(0.5)) return;
  if (what === 'departments' && client.store.departments.all().length < 3) return;
  const table = what === 'users' ? 'customers' : what;
  const id = oneOf<number>(world, client, `SELECT id FROM ${table} WHERE deleted_at IS NULL`);
  if (id === undefined) return;
  const before = client.store.outbox.all();
  await acting(world, ledger, client, () => ask(client, ACTIONS[what].delete, String(id), {}));
  if (what === 'attachments') noteDropped(client, ledger, id as AttachmentId);
  confirmNew(client, before);
}

async function openTicket(world: World, client: Client, ledger: Ledger, text: string): Promise<void> {
  const customers = client.store.db
    .prepare<[], CustomerId>('SELECT id FROM customers WHERE deleted_at IS NULL ORDER BY id')
    .pluck()
    .all();
  const [first, ...rest] = customers;
  if (first === undefined) return;
  const userId = world.random.pick([first, ...rest]);
  const fields = {
    opener: 'user',
    user_id: String(userId),
    department_id: String(client.store.departments.all()[0]?.id ?? 0),
    subject: `Of ${text}`,
    body: text,
  };
  const made = await ask(client, ACTIONS.tickets.create, '', fields);
  if (made?.message_id && made.ticket_id)
    rememberDeed(ledger, client, {
      ticketId: made.ticket_id,
      messageId: made.message_id,
      at: world.time.now(),
      text,
    });
}

interface Made {
  readonly ticket_id?: TicketId;
  readonly message_id?: MessageId;
}

/** One call past the token check; what it made, or null where it was refused. */
async function ask(
  client: Client,
  action: Action | undefined,
  id: string,
  fields: Fields,
): Promise<Made | null> {
  const { deps, actor } = client;
  const form: Form = {
    get: (name) => fields[name],
    fileProblem: undefined,
    fingerprint: () => JSON.stringify(fields),
    keepFiles: async () => ok([]),
    discard: async () => {},
  };
  const call: Call = {
    ...{ deps, id, query: {}, headers: {}, isExtended: true, keepAliveMs: undefined },
    actor: { ...actor, permissions: PERMISSIONS, boundTo: actor.staffId },
    identify: () => undefined,
    streams: createEventStreams(),
    form: async () => ok(form),
  };
  const answered = await action?.run(call);
  const answer = JSON.parse(String(answered?.body)) as Made & { success?: number };
  return answer.success === 1 ? answer : null;
}
