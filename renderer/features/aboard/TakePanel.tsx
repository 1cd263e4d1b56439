import { useMutation, useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, Pause, Play, RotateCw, X } from 'lucide-react';
import type { AboardTake } from '../../../shared/contract/aboard.ts';
import { trpc } from '../../api/client.ts';
import { toAppError } from '../../api/errors.ts';
import { Button, Fact, Icon, Notice, Progress, RelativeTime } from '../../ui/index.ts';
import { queueKey } from '../queue/index.ts';
import { showToast } from '../toasts/index.ts';
import { canBringMore, isWhole, lackText, takeHeadline } from './aboardText.ts';
import { SizeFacts } from './SizeFacts.tsx';
import { useViewChoices } from './useViewChoices.ts';

/** What is taken along now: how it stands, and what one can do about it. */
export function TakePanel({ take }: { take: AboardTake }) {
  const { queues, departments } = useViewChoices();
  const taken = new Set(take.views.map(queueKey));
  const names = [...queues, ...departments].filter(({ key }) => taken.has(key)).map(({ name }) => name);
  return (
    <section aria-label="Aboard" className="rounded-lg border border-line bg-surface px-4 py-3">
      <header className="flex items-center gap-2">
        <StateIcon take={take} />
        <h2 className="min-w-0 flex-1 font-semibold text-heading" aria-live="polite">
          {takeHeadline(take)}
        </h2>
        <RelativeTime
          at={take.endedAt ?? take.startedAt}
          className="shrink-0 text-faint text-small tabular-nums"
        />
      </header>
      {take.isRunning && <RunningProgress />}
      <dl className="mt-3 flex flex-col gap-1.5">
        <Fact name="Views">{names.join(', ')}</Fact>
        <SizeFacts size={take.size} />
        {take.lacks.length > 0 && (
          <Fact name="Not here">
            {take.lacks.map((each) => (
              <span key={each.lack} className="block">
                {lackText(each)}
              </span>
            ))}
          </Fact>
        )}
      </dl>
      {take.problem && (
        <div className="mt-3">
          <Notice tone={take.state === 'fetching' ? 'plain' : 'danger'}>
            {take.problem.message}
            {take.state === 'fetching' && ' It goes on by itself.'}
          </Notice>
        </div>
      )}
      <Acts take={take} />
    </section>
  );
}

function StateIcon({ take }: { take: AboardTake }) {
  if (take.state !== 'done') return null;
  return isWhole(take) ? (
    <Icon of={CircleCheck} className="text-answered-ink" />
  ) : (
    <Icon of={CircleAlert} className="text-awaiting-ink" />
  );
}

function RunningProgress() {
  const jobs = useQuery(trpc.jobs.list.queryOptions()).data?.jobs ?? [];
  const job = jobs.find(({ kind, state }) => kind === 'aboard' && state === 'running');
  return (
    <div className="mt-3">
      <Progress label="Threads and attachments" done={job?.done ?? 0} total={job?.total ?? null} />
    </div>
  );
}

function Acts({ take }: { take: AboardTake }) {
  const told = {
    onError: (error: unknown) => showToast({ text: toAppError(error).message, tone: 'danger' }),
  };
  const stop = useMutation(trpc.aboard.stop.mutationOptions(told));
  const resume = useMutation(trpc.aboard.resume.mutationOptions(told));
  const isOpen = take.state === 'fetching' || take.state === 'paused';
  if (take.state === 'done' && !canBringMore(take)) return null;
  return (
    <div className="mt-4 flex flex-wrap gap-2">
      {take.state === 'fetching' ? (
        <Button icon={Pause} isBusy={stop.isPending} onClick={() => stop.mutate({ as: 'paused' })}>
          Pause
        </Button>
      ) : (
        <Button
          icon={take.state === 'paused' ? Play : RotateCw}
          isBusy={resume.isPending}
          onClick={() => resume.mutate()}
        >
          {take.state === 'paused' ? 'Resume' : 'Fetch what is missing'}
        </Button>
      )}
      {isOpen && (
        <Button
          variant="ghost"
          icon={X}
          isBusy={stop.isPending}
          onClick={() => stop.mutate({ as: 'cancelled' })}
        >
          Cancel
        </Button>
      )}
    </div>
  );
}
