import type { SyncStatus } from '../../../shared/contract/sync.ts';
import { useCommand } from '../../app/commands.ts';
import { classes, Tooltip, useNow } from '../../ui/index.ts';
import { OUTBOX_KEYS, openOutbox } from './openOutbox.ts';
import { type SyncTone, syncLine } from './syncText.ts';
import { useSyncNow } from './useSyncNow.ts';

const DOTS: Readonly<Record<SyncTone, string>> = {
  good: 'bg-answered-mark',
  busy: 'bg-transparent ring-[1.5px] ring-inset ring-closed-mark',
  away: 'bg-transparent ring-2 ring-inset ring-awaiting-mark',
  stopped: 'bg-danger',
};

/** In the last line of a remote workspace: how it stands with its server; a click leads to what waits. */
export function SyncLine({ status }: { status: SyncStatus }) {
  const { text, tone } = syncLine(status, useNow());
  const { run, isBusy } = useSyncNow();
  useCommand({
    id: 'sync-now',
    title: 'Sync now',
    keys: ['Shift+s'],
    group: 'Window',
    enabled: !isBusy,
    run,
  });
  useCommand({ id: 'go-outbox', title: 'Outbox', keys: [OUTBOX_KEYS], group: 'Go to', run: openOutbox });
  return (
    <Tooltip text="Open the outbox" keys={OUTBOX_KEYS} side="top">
      <button
        type="button"
        onClick={openOutbox}
        className="-ml-1 inline-flex min-w-0 items-center gap-1.5 rounded-sm px-1 tabular-nums hover:text-text"
      >
        <span aria-hidden="true" className={classes('size-2 shrink-0 rounded-full', DOTS[tone])} />
        <span className="truncate">{text}</span>
      </button>
    </Tooltip>
  );
}
