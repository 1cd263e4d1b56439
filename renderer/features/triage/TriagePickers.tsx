import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { TicketRow } from '../../../shared/contract/queues.ts';
import type { TicketChange } from '../../../shared/contract/tickets.ts';
import { departmentId, staffId } from '../../../shared/model/ids.ts';
import { ticketPriority, ticketStatus } from '../../../shared/model/ticket.ts';
import { trpc } from '../../api/client.ts';
import { useDepartments, useStaff, useViewer } from '../../api/desk.ts';
import { ticketNumbers } from '../../api/ticketNumbers.ts';
import { type Picker, useUi } from '../../stores/index.ts';
import { type PickItem, PickList } from '../../ui/index.ts';
import {
  assigneeItems,
  departmentItems,
  priorityItems,
  statusItems,
  tagItems,
  tagOfItem,
} from './pickItems.tsx';
import { subjectOfTickets } from './sentences.ts';
import { useTicketChange } from './useTicketChange.ts';

/** Enough rows to say what all of them have in common. */
const SAMPLE = 100;
const noRows: readonly TicketRow[] = [];

const TITLES: Readonly<Record<Picker['kind'], string>> = {
  status: 'Set status',
  assignee: 'Assign',
  department: 'Move to department',
  priority: 'Set priority',
  tags: 'Tags',
};

/** The picker that a key or a button asked for; mounted once in the workspace. */
export function TriagePickers() {
  const picker = useUi((state) => state.picker);
  return picker && picker.ticketIds.length > 0 ? <OpenPicker picker={picker} /> : null;
}

function useItems(kind: Picker['kind'], rows: readonly TicketRow[], typed: string): PickItem[] {
  const departments = useDepartments();
  const staff = useStaff();
  const viewerId = useViewer()?.staff.id;
  const tags =
    useQuery(trpc.tags.list.queryOptions(undefined, { enabled: kind === 'tags' })).data?.tags ?? [];
  switch (kind) {
    case 'status':
      return statusItems(rows);
    case 'priority':
      return priorityItems(rows);
    case 'department':
      return departmentItems(rows, departments);
    case 'assignee':
      return assigneeItems(rows, staff, viewerId);
    case 'tags':
      return tagItems(rows, tags, typed);
  }
}

/** What picking an item means; null for an item that is none. */
function changeOf(kind: Picker['kind'], item: PickItem): TicketChange | null {
  const number = Number(item.id);
  switch (kind) {
    case 'status':
      return { status: ticketStatus.parse(number) };
    case 'priority':
      return { priority: ticketPriority.parse(number) };
    case 'department':
      return { departmentId: departmentId.parse(number) };
    case 'assignee':
      return { assigneeId: item.id === 'nobody' ? null : staffId.parse(number) };
    case 'tags': {
      const tag = tagOfItem(item.id);
      return item.isChecked ? { removeTags: [tag] } : { addTags: [tag] };
    }
  }
}

function OpenPicker({ picker }: { picker: Picker }) {
  const { kind, ticketIds } = picker;
  const set = useUi((state) => state.set);
  const [typed, setTyped] = useState('');
  const sample = useQuery(trpc.queues.rows.queryOptions({ ticketIds: ticketIds.slice(0, SAMPLE) }));
  const rows = ticketIds.length <= SAMPLE ? (sample.data?.rows ?? noRows) : noRows;
  const items = useItems(kind, rows, typed);
  const { change } = useTicketChange();
  return (
    <PickList
      open
      onOpenChange={(open) => !open && set({ picker: null })}
      title={`${TITLES[kind]}: ${subjectOfTickets(ticketNumbers(ticketIds))}`}
      placeholder={`${TITLES[kind]} · ${subjectOfTickets(ticketNumbers(ticketIds))}`}
      items={items}
      staysOpen={kind === 'tags'}
      onTyped={setTyped}
      emptyText={kind === 'tags' ? 'Type a new tag' : 'Nothing matches'}
      onPick={(id) => {
        const item = items.find((each) => each.id === id);
        const wanted = item && changeOf(kind, item);
        if (wanted) change(ticketIds, wanted);
      }}
    />
  );
}
