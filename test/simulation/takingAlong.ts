import { askForAttachment } from '../../electron/core/services/attachments.ts';
import type { AttachmentId } from '../../shared/model/ids.ts';
import { oneOf } from './administering.ts';
import type { Client } from './client.ts';
import type { World } from './world.ts';

const PLENTY_BYTES = 1_000_000;

/** A person takes tickets along, changes their mind about it, or asks for a file that is not here. */
export async function takesAlong(world: World, client: Client): Promise<void> {
  const { random } = world;
  const { deps, actor } = client;
  const what = random.int(0, 5);
  if (what === 0) {
    const sql = "SELECT id FROM attachments WHERE deleted_at IS NULL AND sha256 = ''";
    const id = oneOf<AttachmentId>(world, client, sql);
    if (id !== undefined) askForAttachment(deps, actor, id);
  } else if (what === 1)
    await client.takeAlong((aboard) => aboard.stop(random.pick(['paused', 'cancelled'])));
  else if (what === 2) await client.takeAlong((aboard) => aboard.resume());
  else {
    const views = random.pick([[{ kind: 'open' }], [{ kind: 'open' }, { kind: 'waiting' }]] as const);
    const input = { views: [...views], budgetBytes: PLENTY_BYTES };
    await client.takeAlong((aboard) => aboard.take(actor.staffId, input));
  }
}

/** What was taken along is here, as the server has it, and nothing counts as here that is not. */
export function aboardProblems({ server }: World, { store, name, bytesOf }: Client): string[] {
  const take = store.aboard.take();
  const isTaken = new Set(take?.state === 'done' ? store.aboard.takeTickets() : []);
  const problems = take?.state === 'fetching' ? [`${name} is still taking along at rest`] : [];
  for (const file of server.state.attachments.values()) {
    const id = store.remoteTickets.localId('attachments', file.id) as AttachmentId | undefined;
    const own = id === undefined ? undefined : store.attachments.byId(id);
    if (!own || own.deletedAt !== null) continue;
    if (own.sha256 !== '' && !bytesOf(own.sha256)?.equals(file.content))
      problems.push(`${name} has ${own.name} with other bytes than the server's`);
    if (own.sha256 === '' && isTaken.has(own.ticketId))
      problems.push(`${name} did not take ${own.name} along`);
  }
  const asked = store.aboard.asked(Number.MAX_SAFE_INTEGER);
  return [...problems, ...asked.map((id) => `${name} was asked for file ${id} and has not fetched it`)];
}
