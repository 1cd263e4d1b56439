import { useSyncStatus } from '../../api/desk.ts';
import { grouped } from './syncText.ts';

/** Below a list that is not whole yet: a queue that looks empty may only not be here. */
export function FirstSyncNote() {
  const progress = useSyncStatus()?.progress;
  if (!progress || progress.tickets >= progress.ticketsExpected) return null;
  const { tickets, ticketsExpected } = progress;
  return (
    <p className="shrink-0 border-line border-t px-4 py-2 text-small text-soft tabular-nums">
      {grouped.format(tickets)} of the server’s {grouped.format(ticketsExpected)} tickets are here so far.
      Open ones come first.
    </p>
  );
}
