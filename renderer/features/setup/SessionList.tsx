import { MonitorSmartphone } from 'lucide-react';
import { DIALECT_NAMES } from '../../../shared/contract/dialects.ts';
import type { StaffSession } from '../../../shared/contract/people.ts';
import { useViewer } from '../../api/desk.ts';
import { Badge, Button, Icon, RelativeTime, Skeleton } from '../../ui/index.ts';
import { browserName } from './browserName.ts';

function SessionLine({ session, onEnd }: { session: StaffSession; onEnd: (id: string) => void }) {
  const timeZone = useViewer()?.timeZone;
  const name = browserName(session.userAgent);
  return (
    <li className="flex items-center gap-3 px-3.5 py-2.5">
      <Icon of={MonitorSmartphone} className="text-faint" />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2" title={session.userAgent}>
          <span className="truncate">{name}</span>
          {session.isThis && <Badge tone="accent">this one</Badge>}
          {session.source !== null && <Badge>{`by ${session.source}`}</Badge>}
          {session.dialect && <Badge>{DIALECT_NAMES[session.dialect]}</Badge>}
        </p>
        <p className="truncate text-faint text-small">
          {session.address}, last used: <RelativeTime at={session.lastSeenAt} timeZone={timeZone} />
        </p>
      </div>
      {!session.isThis && (
        <Button
          size="small"
          aria-label={`Sign out ${name} at ${session.address}`}
          onClick={() => onEnd(session.id)}
        >
          Sign out
        </Button>
      )}
    </li>
  );
}

/** Where someone is signed in, each with a way to end it. Undefined while it is fetched. */
export function SessionList({
  sessions,
  onEnd,
}: {
  sessions: readonly StaffSession[] | undefined;
  onEnd: (id: string) => void;
}) {
  if (!sessions) return <Skeleton className="h-14" />;
  if (sessions.length === 0) return <p className="text-faint">Nowhere.</p>;
  return (
    <ul aria-label="Sessions" className="divide-y divide-line rounded-md border border-line">
      {sessions.map((session) => (
        <SessionLine key={session.id} session={session} onEnd={onEnd} />
      ))}
    </ul>
  );
}
