import { isDeletion } from '../../electron/core/services/outboxDirectory.ts';
import type { OutboxRow } from '../../electron/core/store/repositories/outbox.ts';
import { decideOutbox } from '../../electron/core/sync/outbox/outboxDecision.ts';
import { editOutbox, takeBack } from '../../electron/core/sync/outbox/outboxEdit.ts';
import { choicesFor } from '../../electron/core/sync/outbox/waiting.ts';
import type { OutboxDecision } from '../../shared/contract/sync.ts';
import type { DepartmentId } from '../../shared/model/ids.ts';
import type { TicketStatus } from '../../shared/model/ticket.ts';
import type { Client } from './client.ts';
import { acting, type Ledger } from './ledger.ts';
import type { World } from './world.ts';

/** A person looks at the outbox and decides about something in it: whatever its screen offers. */
export async function decide(world: World, client: Client, ledger: Ledger): Promise<void> {
  const { random } = world;
  const rows = client.store.outbox.all();
  // What waits for a person is looked at first.
  const aside = rows.filter(({ state }) => state !== 'queued' && state !== 'sending' && state !== 'sent');
  const [first, ...rest] = aside.length > 0 ? aside : rows;
  if (!first) return;
  const row = random.pick([first, ...rest]);
  const { decisions, edit } = choicesFor(client.deps, row);
  const [one, ...others] = decisions.filter(
    (decision) => decision !== 'arrived' || isThere(world, client, row),
  );
  if (edit !== null && (!one || random.chance(0.3))) await change(world, client, ledger, row);
  else if (one) await carryOut(world, client, ledger, row, random.pick([one, ...others]));
}

/** A person says «Delete on the server» or «Keep», or leaves it for another day. */
export async function confirmDeletions(world: World, client: Client, ledger: Ledger): Promise<void> {
  const held = client.store.outbox.all().filter(({ kind, state }) => isDeletion(kind) && state === 'held');
  for (const { id } of held) {
    const row = client.store.outbox.byId(id);
    const decision = world.random.pick(['send', 'send', 'discard', null] as const);
    if (row && decision) await carryOut(world, client, ledger, row, decision);
  }
}

async function carryOut(
  world: World,
  client: Client,
  ledger: Ledger,
  row: OutboxRow,
  decision: OutboxDecision,
): Promise<void> {
  if (decision === 'send') client.wire.isConfirmed(row.id);
  const groupId = client.deps.ids.group();
  const act = () => decideOutbox(client.deps, client.actor, { id: row.id, decision }, groupId);
  // What is known to be there leaves the outbox for that reason, not for a person's.
  const decided =
    decision === 'arrived' ? await client.watch.byPerson(act) : await acting(world, ledger, client, act);
  // A change that was discarded can be put back.
  if (decided.ok && decision === 'discard') ledger.groups.push({ client, groupId });
  if (!decided.ok || decision !== 'send' || row.state !== 'uncertain') return;
  for (const deed of ledger.deeds) if (deed.client === client && deed.rowId === row.id) deed.sentAgain += 1;
}

/** Who says that it arrived has heard so from the customer. */
function isThere({ server }: World, { store }: Client, { messageId }: OutboxRow): boolean {
  const marker = messageId === null ? null : store.remoteMessages.markerOf(messageId);
  if (marker === null || !server.state.settings.keepsClass) return false;
  return [...server.state.messages.values()].flat().some(({ message }) => message.includes(marker));
}

/** A text goes back to where it was written; a field gets another value where it stands. */
async function change(world: World, client: Client, ledger: Ledger, row: OutboxRow): Promise<void> {
  const { random, time } = world;
  const { edit } = choicesFor(client.deps, row);
  if (edit === 'text') {
    await acting(world, ledger, client, () => takeBack(client.deps, client.actor, row.id));
    return;
  }
  const to =
    edit === 'status'
      ? { status: random.int(1, 5) as TicketStatus }
      : { departmentId: random.int(1, 2) as DepartmentId };
  if (!editOutbox(client.deps, client.actor, { ids: [row.id], change: to }).ok) return;
  const before = ledger.changes.find(({ client: by, rowId }) => by === client && rowId === row.id);
  if (before) Object.assign(before, { at: time.now(), value: 'status' in to ? to.status : to.departmentId });
}
