import { useMutation, useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import type { Job } from '../../../shared/contract/system.ts';
import { trpc } from '../../api/client.ts';
import { useSyncStatus } from '../../api/desk.ts';
import { toAppError } from '../../api/errors.ts';
import { type Connection, useConnection } from '../../api/events.ts';
import { useUi } from '../../stores/index.ts';
import { classes, IconButton, Kbd } from '../../ui/index.ts';
import { SyncLine } from '../sync/index.ts';
import { showToast } from '../toasts/index.ts';
import { jobFraction, jobText } from './jobText.ts';

const CONNECTIONS: Readonly<Record<Connection, { text: string; dot: string }>> = {
  connecting: { text: 'Connecting…', dot: 'bg-transparent ring-[1.5px] ring-inset ring-closed-mark' },
  connected: { text: 'Connected', dot: 'bg-answered-mark' },
  reconnecting: {
    text: 'The desk does not answer, trying again…',
    dot: 'bg-transparent ring-2 ring-inset ring-awaiting-mark',
  },
};

/** The last line of the window: whether the desk is heard, what is under way, the key for everything else. */
export function StatusBar() {
  const connection = useConnection((state) => state.connection);
  const jobs = useQuery(trpc.jobs.list.queryOptions()).data?.jobs ?? [];
  const { text, dot } = CONNECTIONS[connection];
  const sync = useSyncStatus();
  return (
    <footer className="flex h-7 shrink-0 items-center gap-4 border-line border-t bg-frame px-3 text-small text-soft">
      {/* Of two connections the one that is in the way is told. */}
      {sync && connection === 'connected' ? (
        <SyncLine status={sync} />
      ) : (
        <span role="status" className="inline-flex items-center gap-1.5">
          <span aria-hidden="true" className={classes('size-2 rounded-full', dot)} />
          {text}
        </span>
      )}
      {jobs
        .filter(({ state }) => state === 'running')
        .map((job) => (
          <JobLine key={job.id} job={job} />
        ))}
      <span className="flex-1" />
      <button
        type="button"
        onClick={() => useUi.getState().set({ paletteOpen: true })}
        className="inline-flex items-center gap-1.5 rounded-sm px-1 text-faint hover:text-text"
      >
        All commands <Kbd keys="Mod+k" />
      </button>
    </footer>
  );
}

function JobLine({ job }: { job: Job }) {
  const { mutate, isPending } = useMutation(
    trpc.jobs.cancel.mutationOptions({
      onError: (error) => showToast({ text: toAppError(error).message, tone: 'danger' }),
    }),
  );
  const fraction = jobFraction(job);
  return (
    <span className="inline-flex min-w-0 items-center gap-2">
      <span className="truncate tabular-nums">{jobText(job)}</span>
      {fraction !== null && (
        <span
          role="progressbar"
          aria-label={job.label}
          aria-valuenow={Math.round(fraction * 100)}
          className="h-1 w-24 shrink-0 overflow-hidden rounded-full bg-active"
        >
          <span className="block h-full rounded-full bg-accent" style={{ width: `${fraction * 100}%` }} />
        </span>
      )}
      {job.canCancel && (
        <IconButton
          icon={X}
          label={`Cancel: ${job.label}`}
          size="small"
          tooltipSide="top"
          isBusy={isPending}
          onClick={() => mutate({ id: job.id })}
        />
      )}
    </span>
  );
}
