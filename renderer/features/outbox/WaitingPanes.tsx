import { type ReactNode, useRef } from 'react';
import { toAppError } from '../../api/errors.ts';
import { ErrorState, Skeleton, useKeptFocus } from '../../ui/index.ts';
import { SeveralWaiting } from './SeveralWaiting.tsx';
import type { WaitingState } from './useWaiting.ts';
import { useWaitingActs } from './useWaitingActs.ts';
import { useWaitingCommands } from './useWaitingCommands.ts';
import { WaitingActs } from './WaitingActs.tsx';
import { WaitingDetail } from './WaitingDetail.tsx';
import { ChoosingHints, focusWaitingList, WaitingList } from './WaitingList.tsx';

const BLANK_ROWS = [1, 2, 3, 4, 5];

/** The list of what waits, and beside it what there is to know and to decide. */
export function WaitingPanes({
  label,
  waiting,
  heading,
  empty,
}: {
  label: string;
  waiting: WaitingState;
  heading: ReactNode;
  empty: ReactNode;
}) {
  const { outbox, items, active, chosen, all } = waiting;
  const acts = useWaitingActs(() => {
    waiting.clearChosen();
    focusWaitingList();
  });
  useWaitingCommands(waiting);
  const pane = useRef<HTMLElement>(null);
  useKeptFocus(pane, items.length === 0);
  const targets = chosen.length > 0 ? chosen : active ? [active] : [];
  const left = (outbox.data?.total ?? 0) - all.length;
  return (
    <section
      ref={pane}
      tabIndex={-1}
      aria-label={label}
      className="flex min-w-0 flex-1 flex-col outline-none"
    >
      {heading}
      {outbox.error && !outbox.data ? (
        <ErrorState error={toAppError(outbox.error)} onRetry={() => void outbox.refetch()} />
      ) : !outbox.data ? (
        <BlankRows />
      ) : items.length === 0 ? (
        empty
      ) : (
        <div className="flex min-h-0 flex-1 max-[759px]:flex-col">
          <div className="flex w-90 min-w-0 shrink-0 flex-col border-line border-r max-[759px]:h-2/5 max-[759px]:w-full max-[759px]:border-r-0 max-[759px]:border-b">
            <WaitingList label={label} waiting={waiting} />
            {items.length > 1 && <ChoosingHints />}
            {left > 0 && (
              <p className="shrink-0 border-line border-t px-4 py-2 text-faint text-small tabular-nums">
                {left} more follow as these leave.
              </p>
            )}
          </div>
          {chosen.length > 1 ? (
            <SeveralWaiting items={chosen} onClear={waiting.clearChosen}>
              <WaitingActs targets={targets} acts={acts} />
            </SeveralWaiting>
          ) : (
            targets[0] && (
              <WaitingDetail key={targets[0].id} item={targets[0]}>
                <WaitingActs targets={targets} acts={acts} />
              </WaitingDetail>
            )
          )}
        </div>
      )}
    </section>
  );
}

function BlankRows() {
  return (
    <div aria-busy="true" className="flex w-90 max-w-full flex-col">
      {BLANK_ROWS.map((row) => (
        <div key={row} className="flex h-16 flex-col justify-center gap-2 border-line border-b px-8">
          <Skeleton className="h-2.5 w-2/5" />
          <Skeleton className="h-2.5 w-4/5" />
        </div>
      ))}
    </div>
  );
}
