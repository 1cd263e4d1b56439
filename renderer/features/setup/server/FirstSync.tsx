import { useMutation } from '@tanstack/react-query';
import type { SyncProgress, SyncStatus } from '../../../../shared/contract/sync.ts';
import { trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, Fact, Progress } from '../../../ui/index.ts';
import { capital, grouped, leftText, usePause } from '../../sync/index.ts';
import { showToast } from '../../toasts/index.ts';
import { Part } from '../Part.tsx';

function useLeaveOld() {
  return useMutation(
    trpc.sync.leaveOld.mutationOptions({
      onError: (error) => showToast({ text: toAppError(error).message, tone: 'danger' }),
    }),
  );
}

/** How far the first sync is, and the ways to pause it or to cut it short. */
export function FirstSync({ status, progress }: { status: SyncStatus; progress: SyncProgress }) {
  const pause = usePause(status);
  const leave = useLeaveOld();
  return (
    <Part
      title="First sync"
      lead="Tickets that wait for you come first, the newest at the top. You can work meanwhile, and it goes on after a restart."
    >
      <Progress label="Conversations" done={progress.conversations} total={progress.ticketsExpected} />
      <Numbers progress={progress} isRunning={status.isRunning} />
      <div className="flex flex-wrap gap-2">
        {pause.isPossible && (
          <Button isBusy={pause.isBusy} onClick={pause.toggle}>
            {pause.isPaused ? 'Resume' : 'Pause'}
          </Button>
        )}
        {!status.leavesOld && (
          <Button variant="ghost" isBusy={leave.isPending} onClick={() => leave.mutate({ leave: true })}>
            Leave old conversations on the server
          </Button>
        )}
      </div>
    </Part>
  );
}

function Numbers({ progress, isRunning }: { progress: SyncProgress; isRunning: boolean }) {
  const { tickets, ticketsExpected, conversations, messages, requests, leftMs } = progress;
  const of = (count: number) => `${grouped.format(count)} of ${grouped.format(ticketsExpected)}`;
  return (
    <dl className="flex flex-col gap-2 tabular-nums">
      <Fact name="Tickets">{of(tickets)}</Fact>
      <Fact name="Conversations">{of(conversations)}</Fact>
      <Fact name="Messages">{grouped.format(messages)}</Fact>
      <Fact name="Requests">{`${grouped.format(requests)} in this run`}</Fact>
      {isRunning && (
        <Fact name="Time left">{leftMs === null ? 'Not known yet' : capital(leftText(leftMs))}</Fact>
      )}
    </dl>
  );
}

/** A first sync was cut short: what that means, and the way to fetch the rest. */
export function OldLeft() {
  const leave = useLeaveOld();
  return (
    <Part
      title="Old conversations"
      lead="Closed tickets that nobody opened here are on the server only. They are fetched when you open them, and a search does not look into them."
    >
      <Button className="self-start" isBusy={leave.isPending} onClick={() => leave.mutate({ leave: false })}>
        Fetch them all
      </Button>
    </Part>
  );
}
