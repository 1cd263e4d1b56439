import type { SyncStatus } from '../../../../shared/contract/sync.ts';

/** What the last comparison with the server found; nothing before the first one. */
export function CheckLine({ check }: { check: SyncStatus['lastCheck'] }) {
  if (!check) return null;
  const at = new Date(check.checkedAt).toLocaleString([], {
    ...{ day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' },
  });
  const found = check.repaired === 0 ? 'nothing to repair' : `${check.repaired} repaired`;
  const missing = check.missing > 0 ? `, ${check.missing} still differ` : '';
  return (
    <p className="text-faint">
      Checked {check.tickets.toLocaleString()} tickets on {at}: {found}
      {missing}.
    </p>
  );
}
