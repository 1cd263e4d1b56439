import { Paperclip } from 'lucide-react';
import { type MouseEvent, memo } from 'react';
import type { TicketRow } from '../../../shared/contract/queues.ts';
import type { Density } from '../../stores/index.ts';
import {
  Avatar,
  Badge,
  classes,
  Icon,
  PriorityMark,
  RelativeTime,
  RowTick,
  StatusMark,
} from '../../ui/index.ts';
import { GoneMark, TicketSendingMark } from '../sync/index.ts';
import { rowElementId } from './listElement.ts';
import type { RowNames } from './useRowNames.ts';

type RowProps = {
  row: TicketRow;
  hasLeft: boolean;
  isActive: boolean;
  isChosen: boolean;
  density: Density;
  isDepartmentShown: boolean;
  /** Distance from the top of the track, px. */
  top: number;
  /** Place on the track. */
  index: number;
  total: number | null;
  names: RowNames;
  onRowClick: (event: MouseEvent, row: TicketRow, index: number) => void;
};

/** What has left the list and only must not jump away yet: without its colours, but still to be read (4.5:1). */
const LEFT = 'text-faint **:text-faint';

/** One ticket in a list. Weight marks what is unread; the status is shape, colour and word. */
export const TicketRowView = memo(function TicketRowView(props: RowProps) {
  const { row, hasLeft, isActive, isChosen, density, top, index, total } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox has the focus; its keys are commands (j, k, x, Enter)
    // biome-ignore lint/a11y/useFocusableInteractive: one tab stop for the list, rows are told by aria-activedescendant
    <div
      id={rowElementId(row.id)}
      role="option"
      aria-selected={isActive || isChosen}
      aria-setsize={total ?? -1}
      aria-posinset={index + 1}
      data-ticket-id={row.id}
      onClick={(event) => props.onRowClick(event, row, index)}
      style={{ transform: `translateY(${top}px)` }}
      className={classes(
        'group/row absolute inset-x-0 top-0 flex select-none border-line border-b pr-3',
        density === 'comfortable' ? 'h-16' : 'h-9 items-center',
        isActive || isChosen ? 'bg-selected' : 'hover:bg-sunken',
        isActive &&
          'group-focus-visible/list:outline-2 group-focus-visible/list:outline-focus group-focus-visible/list:-outline-offset-2',
      )}
    >
      {isActive && <span className="absolute inset-y-0 left-0 w-0.5 bg-accent" />}
      <Gutter isUnread={row.isUnread} isChosen={isChosen} density={density} />
      {hasLeft && <span className="sr-only">No longer in this list.</span>}
      {density === 'comfortable' ? <Comfortable {...props} /> : <Compact {...props} />}
    </div>
  );
});

/** Unread dot; on hover or when chosen the tick box of x. */
function Gutter({ isUnread, isChosen, density }: { isUnread: boolean; isChosen: boolean; density: Density }) {
  return (
    <span
      className={classes(
        'relative w-8 shrink-0 self-stretch',
        density === 'comfortable' ? 'pt-2.5' : 'grid items-center',
      )}
      data-choose=""
    >
      {isUnread && <span className="sr-only">Unread.</span>}
      <RowTick isChosen={isChosen} />
      {isUnread && !isChosen && (
        <span
          className={classes(
            'absolute left-[13px] size-2 rounded-full bg-accent group-hover/row:opacity-0',
            density === 'comfortable' ? 'top-[13px]' : '-translate-y-1/2 top-1/2',
          )}
        />
      )}
    </span>
  );
}

const subjectOf = (row: TicketRow): string => row.subject.trim() || '(no subject)';
const nameOf = (row: TicketRow): string => row.customerName.trim() || row.customerEmail;

function Comfortable({ row, names, isDepartmentShown, hasLeft }: RowProps) {
  return (
    <span className={classes('flex min-w-0 flex-1 flex-col py-[6px]', hasLeft && LEFT)}>
      <span className="flex h-[18px] items-baseline gap-2">
        <span className={classes('min-w-0 flex-1 truncate', row.isUnread ? 'font-semibold' : 'font-medium')}>
          {nameOf(row)}
        </span>
        <GoneMark isGone={row.isGone} />
        <TicketSendingMark sending={row.sending} />
        {row.hasDraft && <span className="text-accent-ink text-small">Draft</span>}
        <RelativeTime
          at={row.lastMessageAt}
          timeZone={names.timeZone}
          className={classes(
            'text-small tabular-nums',
            row.isUnread ? 'font-medium text-soft' : 'text-faint',
          )}
        />
      </span>
      <span dir="auto" className="h-[18px] truncate text-left">
        <span className={row.isUnread ? 'font-semibold' : 'text-soft'}>{subjectOf(row)}</span>
        {row.preview && <span className="text-faint">{`\u2002${row.preview}`}</span>}
      </span>
      <Meta row={row} names={names} isDepartmentShown={isDepartmentShown} />
    </span>
  );
}

function Meta({ row, names, isDepartmentShown }: Pick<RowProps, 'row' | 'names' | 'isDepartmentShown'>) {
  const department = isDepartmentShown ? names.department(row.departmentId) : null;
  return (
    <span className="flex h-4 items-center gap-2.5 text-faint text-small">
      <span className="flex min-w-0 flex-1 items-center gap-2.5 overflow-hidden">
        <StatusMark status={row.status} />
        {row.priority >= 3 && <PriorityMark priority={row.priority} isCompact={row.priority < 4} />}
        {department && <span className="truncate">{department}</span>}
        {row.attachmentCount > 0 && <Attachments count={row.attachmentCount} />}
        {row.tags.slice(0, 2).map((tag) => (
          <Badge key={tag} className="h-4 min-w-0 shrink">
            {tag}
          </Badge>
        ))}
        {row.tags.length > 2 && <span>+{row.tags.length - 2}</span>}
      </span>
      <Assignee assignee={names.assignee(row.assigneeId)} />
    </span>
  );
}

function Attachments({ count }: { count: number }) {
  return (
    <span className="inline-flex shrink-0 items-center gap-0.5 tabular-nums">
      <Icon of={Paperclip} size={12} />
      {count}
      <span className="sr-only">{count === 1 ? 'attachment' : 'attachments'}</span>
    </span>
  );
}

function Assignee({ assignee }: { assignee: ReturnType<RowNames['assignee']> }) {
  if (!assignee) return null;
  const { name, picture, isViewer } = assignee;
  return (
    <span className="inline-flex shrink-0" title={isViewer ? 'Assigned to you' : `Assigned to ${name}`}>
      <span className="-my-0.5 inline-flex">
        <Avatar name={name} picture={picture} size="small" tone={isViewer ? 'accent' : 'plain'} />
      </span>
      <span className="sr-only">Assigned to {isViewer ? 'you' : name}</span>
    </span>
  );
}

function Compact({ row, names, hasLeft }: RowProps) {
  return (
    <span className={classes('flex min-w-0 flex-1 items-center gap-2', hasLeft && LEFT)}>
      <StatusMark status={row.status} isCompact />
      <span className={classes('w-24 shrink-0 truncate', row.isUnread ? 'font-semibold' : 'font-medium')}>
        {nameOf(row)}
      </span>
      <span
        dir="auto"
        className={classes('min-w-0 flex-1 truncate text-left', row.isUnread ? 'font-semibold' : 'text-soft')}
      >
        {subjectOf(row)}
      </span>
      {row.priority >= 3 && <PriorityMark priority={row.priority} isCompact />}
      {row.attachmentCount > 0 && (
        <span className="text-faint text-small">
          <Attachments count={row.attachmentCount} />
        </span>
      )}
      <GoneMark isGone={row.isGone} />
      <TicketSendingMark sending={row.sending} />
      {row.hasDraft && <span className="text-accent-ink text-small">Draft</span>}
      <RelativeTime
        at={row.lastMessageAt}
        timeZone={names.timeZone}
        className="min-w-7 text-right text-faint text-small tabular-nums"
      />
    </span>
  );
}
