import type { SyncStatus } from '../../../../shared/contract/sync.ts';
import { exactTime } from '../../../ui/index.ts';
import { grouped } from '../../sync/index.ts';

/** What the last comparison with the server found, and when. */
export function checkText(check: NonNullable<SyncStatus['lastCheck']>): string {
  const found = check.repaired === 0 ? 'nothing to repair' : `${check.repaired} repaired`;
  const missing = check.missing > 0 ? `, ${check.missing} still differ` : '';
  const tickets = check.tickets === 1 ? '1 ticket' : `${grouped.format(check.tickets)} tickets`;
  return `${exactTime(check.checkedAt)}, ${tickets}: ${found}${missing}`;
}
