import { Check, ChevronDown, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TicketRow } from '../../../../shared/contract/queues.ts';
import type { TicketChange } from '../../../../shared/contract/tickets.ts';
import {
  ALL_STATUSES,
  PRIORITY_NAMES,
  STATUS_NAMES,
  type TicketPriority,
} from '../../../../shared/model/ticket.ts';
import { useDepartments, useStaff, useSyncStatus, useViewer } from '../../../api/desk.ts';
import { avatarUrl } from '../../../api/files.ts';
import {
  Avatar,
  Button,
  Icon,
  Menu,
  MenuItem,
  MenuSeparator,
  PriorityMark,
  StatusMark,
  Tooltip,
} from '../../../ui/index.ts';

type FieldProps = { ticket: TicketRow; onChange: (change: TicketChange) => void };

/** A value that looks like text until one points at it. */
function FieldMenu({
  name,
  keys,
  value,
  isLocal = false,
  children,
}: {
  name: string;
  keys: string;
  value: ReactNode;
  /** The server of a remote workspace has no such field. */
  isLocal?: boolean;
  children: ReactNode;
}) {
  const isRemoteDesk = useSyncStatus() !== null;
  const about = isLocal && isRemoteDesk ? `${name} (stays on this desk)` : name;
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="small" aria-label={about} className="max-w-44 px-1.5! font-normal!">
          <Tooltip text={about} keys={keys}>
            <span className="flex min-w-0 items-center gap-1.5">
              <span className="min-w-0 truncate">{value}</span>
              <Icon of={ChevronDown} size={12} className="text-faint" />
            </span>
          </Tooltip>
        </Button>
      }
    >
      {children}
    </Menu>
  );
}

const STATUS_KEYS = { 1: 'o', 2: 'a', 3: 'w', 4: 'p', 5: 'c' } as const;
const PRIORITIES: readonly TicketPriority[] = [1, 2, 3, 4, 5, 6];

export function StatusMenu({ ticket, onChange }: FieldProps) {
  return (
    <FieldMenu
      name={`Status: ${STATUS_NAMES[ticket.status]}`}
      keys="s"
      value={<StatusMark status={ticket.status} />}
    >
      {ALL_STATUSES.map((status) => (
        <MenuItem
          key={status}
          keys={`s ${STATUS_KEYS[status]}`}
          isChecked={status === ticket.status}
          onSelect={() => onChange({ status })}
        >
          <StatusMark status={status} />
        </MenuItem>
      ))}
    </FieldMenu>
  );
}

export function PriorityMenu({ ticket, onChange }: FieldProps) {
  return (
    <FieldMenu
      name={`Priority: ${PRIORITY_NAMES[ticket.priority]}`}
      keys="p"
      isLocal
      value={<PriorityMark priority={ticket.priority} />}
    >
      {PRIORITIES.map((priority) => (
        <MenuItem
          key={priority}
          keys={`p ${priority}`}
          isChecked={priority === ticket.priority}
          onSelect={() => onChange({ priority })}
        >
          <PriorityMark priority={priority} />
        </MenuItem>
      ))}
    </FieldMenu>
  );
}

export function DepartmentMenu({ ticket, onChange }: FieldProps) {
  const departments = useDepartments();
  const name = departments.find(({ id }) => id === ticket.departmentId)?.name ?? 'Department';
  return (
    <FieldMenu name={`Department: ${name}`} keys="v" value={name}>
      {departments.map((department) => (
        <MenuItem
          key={department.id}
          isChecked={department.id === ticket.departmentId}
          onSelect={() => onChange({ departmentId: department.id })}
        >
          {department.name}
        </MenuItem>
      ))}
    </FieldMenu>
  );
}

export function AssigneeMenu({ ticket, onChange }: FieldProps) {
  const staff = useStaff();
  const viewerId = useViewer()?.staff.id;
  const assignee = staff.find(({ id }) => id === ticket.assigneeId);
  const shown = assignee?.id === viewerId ? 'you' : assignee?.name;
  const active = staff.filter(({ isActive, id }) => isActive && id !== viewerId);
  return (
    <FieldMenu
      name={`Assignee: ${shown ?? 'nobody'}`}
      keys="a"
      isLocal
      value={
        <span className="flex min-w-0 items-center gap-1.5">
          {assignee ? (
            <Avatar name={assignee.name} picture={avatarUrl(assignee)} size="small" />
          ) : (
            <Icon of={UserRound} size={14} className="text-faint" />
          )}
          <span className="truncate">{shown ?? 'Unassigned'}</span>
        </span>
      }
    >
      {viewerId !== undefined && (
        <MenuItem
          keys="i"
          isChecked={ticket.assigneeId === viewerId}
          onSelect={() => onChange({ assigneeId: viewerId })}
        >
          You
        </MenuItem>
      )}
      {active.map((member) => (
        <MenuItem
          key={member.id}
          isChecked={member.id === ticket.assigneeId}
          onSelect={() => onChange({ assigneeId: member.id })}
        >
          {member.name}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem isChecked={ticket.assigneeId === null} onSelect={() => onChange({ assigneeId: null })}>
        Nobody
      </MenuItem>
    </FieldMenu>
  );
}

/** «Close» as a button of its own: the most frequent change of all. */
export function CloseButton({ ticket, onChange }: FieldProps) {
  if (ticket.status === 5) {
    return (
      <Button size="small" onClick={() => onChange({ status: 1 })}>
        Reopen
      </Button>
    );
  }
  return (
    <Tooltip text="Close the ticket and stay here" keys="Shift+e">
      <Button size="small" icon={Check} onClick={() => onChange({ status: 5 })}>
        Close
      </Button>
    </Tooltip>
  );
}
