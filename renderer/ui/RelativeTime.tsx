import { exactTime, relativeTime } from './time.ts';
import { useNow } from './useNow.ts';

/** «5m», with the exact time on hover and for screen readers. */
export function RelativeTime({
  at,
  timeZone,
  className,
}: {
  at: number;
  timeZone?: string | undefined;
  className?: string;
}) {
  const now = useNow();
  const exact = exactTime(at, timeZone);
  return (
    <time dateTime={new Date(at).toISOString()} title={exact} className={className}>
      {relativeTime(at, now, timeZone)}
    </time>
  );
}
