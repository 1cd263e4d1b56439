import { Pause, Play } from 'lucide-react';
import type { SyncStatus } from '../../../shared/contract/sync.ts';
import { useCommand } from '../../app/commands.ts';
import { useUi } from '../../stores/index.ts';
import { classes, IconButton, Tooltip, useNow } from '../../ui/index.ts';
import { OUTBOX_KEYS, openOutbox } from './openOutbox.ts';
import { type SyncTone, syncLine, together, uploadPercent } from './syncText.ts';
import { useAttention } from './useAttention.ts';
import { usePause } from './usePause.ts';
import { useSyncNow } from './useSyncNow.ts';

const DOTS: Readonly<Record<SyncTone, string>> = {
  good: 'bg-answered-mark',
  busy: 'bg-transparent ring-[1.5px] ring-inset ring-closed-mark',
  away: 'bg-transparent ring-2 ring-inset ring-awaiting-mark',
  stopped: 'bg-danger',
};

const openServer = () => useUi.getState().go({ kind: 'setup', section: 'server' });

/** In the last line of a remote workspace: how it stands with its server; a click leads to what waits. */
export function SyncLine({ status }: { status: SyncStatus }) {
  const { text, tone } = syncLine(status, useNow());
  const { run, isBusy } = useSyncNow();
  const pause = usePause(status);
  useAttention();
  useCommand({
    id: 'sync-now',
    title: 'Sync now',
    keys: ['Shift+s'],
    group: 'Window',
    enabled: !isBusy,
    run,
  });
  useCommand({
    id: 'sync-pause',
    title: pause.isPaused ? 'Resume syncing' : 'Pause syncing',
    keys: [],
    group: 'Window',
    enabled: pause.isPossible && !pause.isBusy,
    run: pause.toggle,
  });
  const { progress } = status;
  const upload = together(status.uploads);
  return (
    <span className="inline-flex min-w-0 items-center gap-2">
      <Tooltip
        text={progress ? 'Open Setup → Server' : 'Open the outbox'}
        keys={progress ? undefined : OUTBOX_KEYS}
        side="top"
      >
        <button
          type="button"
          onClick={progress ? openServer : openOutbox}
          className="-ml-1 inline-flex min-w-0 items-center gap-1.5 rounded-sm px-1 tabular-nums hover:text-text"
        >
          <span aria-hidden="true" className={classes('size-2 shrink-0 rounded-full', DOTS[tone])} />
          <span className="truncate">{text}</span>
        </button>
      </Tooltip>
      {upload && <ProgressLine label="Files on their way" percent={uploadPercent(upload)} />}
      {progress && !upload && (
        <ProgressLine
          label="First sync"
          percent={percentOf(progress.conversations, progress.ticketsExpected)}
        />
      )}
      {(progress || pause.isPaused) && pause.isPossible && (
        <IconButton
          icon={pause.isPaused ? Play : Pause}
          label={pause.isPaused ? 'Resume syncing' : 'Pause syncing'}
          size="small"
          tooltipSide="top"
          isBusy={pause.isBusy}
          onClick={pause.toggle}
        />
      )}
    </span>
  );
}

const percentOf = (done: number, total: number): number =>
  total === 0 ? 0 : Math.floor((done / total) * 100);

function ProgressLine({ label, percent }: { label: string; percent: number }) {
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      className="h-1 w-24 shrink-0 overflow-hidden rounded-full bg-active"
    >
      <span className="block h-full rounded-full bg-accent" style={{ width: `${percent}%` }} />
    </span>
  );
}
