import { z } from 'zod';
import type { WorkspaceSummary } from '../../../../shared/contract/workspaces.ts';
import { outboxNumbers } from '../../../../shared/model/outboxNumbers.ts';
import { ok } from '../../../../shared/util/result.ts';
import type { Desk } from '../../desk.ts';
import { defineCommand } from '../command.ts';
import { SUMMARY } from '../workspaces/lookAtWorkspace.ts';

/** What a desk shows of itself in other desks' lists; null while it has to be upgraded, or can't be opened. */
export function summaryOf(desk: Desk): WorkspaceSummary | null {
  const status = desk.status();
  if (status.state === 'needs_setup')
    return { name: '', kind: 'new', server: null, openTickets: 0, outbox: null };
  const services = desk.ready();
  if (!services.ok) return null;
  const { deps, sync } = services.value;
  const mirror = sync.status();
  const { total, undecided } = outboxNumbers(mirror?.outbox ?? {});
  return {
    name: status.siteName ?? '',
    kind: mirror ? 'remote' : 'local',
    server: mirror ? new URL(mirror.url).host : null,
    // Of nobody in particular: no time makes a ticket overdue for this count.
    openTickets: deps.store.counts.counts('all', 0, 0).open,
    outbox: mirror ? { waiting: total - undecided, undecided } : null,
  };
}

/** For the list of workspaces in another window. */
export const summaryCommand = defineCommand({
  ...SUMMARY,
  input: z.strictObject({}),
  run: async (owner) => ok({ summary: summaryOf(owner.desk) }),
});
