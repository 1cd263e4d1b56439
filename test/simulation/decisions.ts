import { decideOutbox } from '../../electron/core/sync/outboxDecision.ts';
import type { Client } from './client.ts';
import { type Ledger, takingBack } from './ledger.ts';
import type { World } from './world.ts';

/** A person looks at the outbox and decides about something in it: keep mine or send again, keep theirs or discard. */
export async function decide({ random }: World, client: Client, ledger: Ledger): Promise<void> {
  const rows = client.store.outbox.all().filter(({ state }) => state !== 'sending' && state !== 'sent');
  // What waits for a person is looked at first.
  const aside = rows.filter(({ state }) => state !== 'queued');
  const [first, ...rest] = aside.length > 0 ? aside : rows;
  if (!first) return;
  const { id, state } = random.pick([first, ...rest]);
  const decision = random.pick(['send', 'discard'] as const);
  const decided = await takingBack(ledger, client, () =>
    decideOutbox(client.deps, client.actor, { id, decision }),
  );
  if (!decided.ok || decision !== 'send' || state !== 'uncertain') return;
  for (const deed of ledger.deeds) if (deed.client === client && deed.rowId === id) deed.sentAgain += 1;
}
