import { ChevronRight, ShieldCheck } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { StaffRecord } from '../../../../shared/contract/people.ts';
import type { StaffId } from '../../../../shared/model/ids.ts';
import { useDepartments, useViewer } from '../../../api/desk.ts';
import { avatarUrl } from '../../../api/files.ts';
import { Avatar, Badge, classes, Icon, RelativeTime } from '../../../ui/index.ts';
import { reachText } from './staffForm.ts';

function LastSignIn({ at }: { at: number | null }) {
  const timeZone = useViewer()?.timeZone;
  if (at === null) return <>never signed in</>;
  return (
    <>
      last sign-in: <RelativeTime at={at} timeZone={timeZone} />
    </>
  );
}

function StaffLine({
  staff,
  isFocused,
  onOpen,
}: {
  staff: StaffRecord;
  isFocused: boolean;
  onOpen: (id: StaffId) => void;
}) {
  const departments = useDepartments();
  const isOwn = useViewer()?.staff.id === staff.id;
  const line = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isFocused) line.current?.focus();
  }, [isFocused]);
  return (
    <li>
      <button
        ref={line}
        type="button"
        onClick={() => onOpen(staff.id)}
        className="flex w-full items-center gap-3 px-3.5 py-2.5 text-left transition-colors hover:bg-hover"
      >
        <Avatar name={staff.name} picture={avatarUrl(staff)} />
        <span className="min-w-0 flex-1">
          <span className="flex items-center gap-2">
            <span className={classes('truncate font-medium', !staff.isActive && 'text-faint')}>
              {staff.name}
            </span>
            <span className="truncate text-faint">{staff.username}</span>
            {staff.role === 'admin' && <Badge tone="accent">Administrator</Badge>}
            {isOwn && <Badge>You</Badge>}
            {!staff.isActive && <Badge tone="danger">Switched off</Badge>}
            {staff.hasSecondFactor && (
              <span title="Two-step sign-in is on">
                <Icon of={ShieldCheck} size={14} className="text-faint" />
                <span className="sr-only">two-step sign-in</span>
              </span>
            )}
          </span>
          <span className="block truncate text-faint text-small">
            {reachText(staff, departments)}, <LastSignIn at={staff.lastSignInAt} />
          </span>
        </span>
        <Icon of={ChevronRight} className="text-faint" />
      </button>
    </li>
  );
}

/** Everyone on the desk; each opens. `focusId` was open just now. */
export function StaffList({
  staff,
  focusId,
  onOpen,
}: {
  staff: readonly StaffRecord[];
  focusId: StaffId | null;
  onOpen: (id: StaffId) => void;
}) {
  return (
    <ul aria-label="Staff" className="divide-y divide-line overflow-hidden rounded-md border border-line">
      {staff.map((one) => (
        <StaffLine key={one.id} staff={one} isFocused={one.id === focusId} onOpen={onOpen} />
      ))}
    </ul>
  );
}
