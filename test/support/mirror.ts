import { afterEach, beforeEach } from 'vitest';
import type { Clock } from '../../electron/core/ports/clock.ts';
import { replyAsStaff } from '../../electron/core/services/staffActions.ts';
import { connectDesk } from '../../electron/core/sync/account/connect.ts';
import { createSyncRunner } from '../../electron/core/sync/runner.ts';
import type { ConnectInput } from '../../shared/contract/sync.ts';
import { replyInput } from '../../shared/contract/tickets.ts';
import type { TicketId } from '../../shared/model/ids.ts';
import { appendReply } from '../fakes/helpdeskz/messages.ts';
import { addOpened, openRemoteDesk, REMOTE_PASSWORD, REMOTE_TOKEN, type RemoteDesk } from './remoteDesk.ts';

/** The ticket that the tests write in. */
export const FIRST = 1 as TicketId;

/** What tests of a remote workspace do with a desk and its server. */
export function mirrorOf(desk: RemoteDesk) {
  const { deps, ada, server } = desk;
  const runner = createSyncRunner(deps);
  const account = (change: Partial<ConnectInput> = {}): ConnectInput => ({
    ...{ url: desk.url, token: REMOTE_TOKEN, username: 'ada', password: REMOTE_PASSWORD },
    ...change,
  });
  const sync = async () => {
    const report = await runner.run();
    if (!report.ok) throw new Error(report.error.code);
    return report.value;
  };
  const connectOnly = async (): Promise<void> => {
    const connected = await connectDesk(deps, account());
    if (!connected.ok) throw new Error(connected.error.code);
  };
  const writes = (message: string, author: { isStaff: boolean; staffId: number }): void => {
    const ticket = server.state.tickets.get(FIRST);
    if (!ticket) throw new Error('no ticket');
    const now = Math.floor(Date.now() / 1000);
    for (const _ of appendReply(server.state, ticket, { now, ...author, message })) void _;
  };
  return {
    runner,
    account,
    sync,
    connectOnly,
    /** Connected, and synced once. */
    connect: async (): Promise<void> => {
      await connectOnly();
      await sync();
    },
    reply: (bodyHtml: string, close = false) =>
      replyAsStaff(deps, ada, replyInput.parse({ ticketId: FIRST, bodyHtml, close })),
    /** A reply with these files; answers their names on disk. */
    replyWith: async (...attached: { name: string; content: Buffer }[]): Promise<string[]> => {
      const hashes: string[] = [];
      const uploadIds = [];
      for (const { name, content } of attached) {
        const put = await deps.files.put(content);
        const file = { ...put, name, staffId: ada.staffId, mediaType: 'image/png', now: Date.now() };
        uploadIds.push(deps.store.uploads.insert(file));
        hashes.push(put.sha256);
      }
      const input = replyInput.parse({ ticketId: FIRST, bodyHtml: '<p>See these</p>', uploadIds });
      const replied = replyAsStaff(deps, ada, input);
      if (!replied.ok) throw new Error(replied.error.code);
      return hashes;
    },
    /** The first ticket's messages as the server has them. */
    thread: () => server.state.messages.get(FIRST) ?? [],
    /** What the token may do from now on, in the server's words. */
    allowOnly: (...permissions: string[]): void => {
      for (const token of server.state.tokens) token.permissions = permissions;
    },
    /** The customer opens a ticket on the server; answers its number. */
    customerOpens: (subject: string, message: string, status = 1): number =>
      addOpened(server.state, { subject, message, status }),
    customerWrites: (message: string): void => writes(message, { isStaff: false, staffId: 0 }),
    /** Ada at the server itself, not through this desk. */
    staffWrites: (message: string): void => writes(message, { isStaff: true, staffId: ada.staffId }),
  };
}
export type Mirror = ReturnType<typeof mirrorOf>;

/**
 * For a test file: a desk with its server, opened before each test and closed after it; connected and synced once,
 * unless the tests are to do that themselves. The two objects stay the same, what is in them does not.
 */
export function eachMirror({ connects = true, clock }: { connects?: boolean; clock?: Clock } = {}) {
  const desk = {} as RemoteDesk;
  const mirror = {} as Mirror;
  beforeEach(async () => {
    Object.assign(desk, await openRemoteDesk(clock));
    Object.assign(mirror, mirrorOf(desk));
    if (connects) await mirror.connect();
  });
  afterEach(() => desk.close());
  return { desk, mirror };
}
