import { useQuery } from '@tanstack/react-query';
import {
  AlarmClock,
  ArrowUpFromLine,
  CircleCheck,
  CircleDashed,
  CircleUserRound,
  FilePen,
  GitCompareArrows,
  Hourglass,
  Inbox,
  Plane,
  Trash2,
} from 'lucide-react';
import type { ComponentProps } from 'react';
import type { Queue } from '../../../shared/contract/queues.ts';
import { trpc } from '../../api/client.ts';
import { useOwnDepartments, useSyncStatus } from '../../api/desk.ts';
import { useCommand } from '../../app/commands.ts';
import { useList, useUi } from '../../stores/index.ts';
import type { LucideIcon } from '../../ui/index.ts';
import { ABOARD_KEYS, openAboard } from '../aboard/index.ts';
import { goToList, QUEUE_NAMES, queueCount, queueKey, shortCountText } from '../queue/index.ts';
import { CONFLICTS_KEYS, OUTBOX_KEYS, openConflicts, openOutbox, outboxNumbers } from '../sync/index.ts';
import { RailLink } from './RailLink.tsx';

type BuiltIn = { queue: Queue & { kind: keyof typeof QUEUE_NAMES }; icon: LucideIcon; keys: string };

const WORK: readonly BuiltIn[] = [
  { queue: { kind: 'mine' }, icon: CircleUserRound, keys: 'g m' },
  { queue: { kind: 'unassigned' }, icon: CircleDashed, keys: 'g u' },
  { queue: { kind: 'open' }, icon: Inbox, keys: 'g a' },
  { queue: { kind: 'waiting' }, icon: Hourglass, keys: 'g w' },
  { queue: { kind: 'overdue' }, icon: AlarmClock, keys: 'g o' },
  { queue: { kind: 'closed' }, icon: CircleCheck, keys: 'g c' },
];
const TRASH: BuiltIn = { queue: { kind: 'trash' }, icon: Trash2, keys: 'g x' };

function showQueue(queue: Queue): void {
  useList.getState().clearChosen();
  goToList(() => useUi.getState().showQueue(queue));
}

/** The queues, the departments, drafts and trash, with live counts. */
export function QueueLinks({ isFolded }: { isFolded: boolean }) {
  const departments = useOwnDepartments();
  return (
    <div className="flex flex-col gap-px">
      {WORK.map((item) => (
        <BuiltInLink key={item.queue.kind} item={item} isFolded={isFolded} />
      ))}
      <Divider label="Departments" isFolded={isFolded} />
      {departments.map(({ id, name }) => (
        <QueueLink
          key={id}
          queue={{ kind: 'department', departmentId: id }}
          label={name}
          isFolded={isFolded}
        />
      ))}
      <Divider isFolded={isFolded} />
      <DraftsLink isFolded={isFolded} />
      <BuiltInLink item={TRASH} isFolded={isFolded} />
      <RemoteLinks isFolded={isFolded} />
    </div>
  );
}

function Divider({ label, isFolded }: { label?: string; isFolded: boolean }) {
  if (label && !isFolded)
    return <h2 className="px-2 pt-3.5 pb-1 font-medium text-faint text-small">{label}</h2>;
  return <div className="mx-2 my-2 h-px bg-line" />;
}

function BuiltInLink({ item, isFolded }: { item: BuiltIn; isFolded: boolean }) {
  const label = QUEUE_NAMES[item.queue.kind];
  useCommand({
    id: `go-${item.queue.kind}`,
    title: label,
    keys: [item.keys],
    group: 'Go to',
    run: () => showQueue(item.queue),
  });
  return <QueueLink queue={item.queue} label={label} icon={item.icon} keys={item.keys} isFolded={isFolded} />;
}

function QueueLink({
  queue,
  label,
  icon,
  keys,
  isFolded,
}: {
  queue: Queue;
  label: string;
  icon?: LucideIcon;
  keys?: string;
  isFolded: boolean;
}) {
  const counts = useQuery(trpc.queues.counts.queryOptions()).data;
  const count = queueCount(queue, counts);
  const isCurrent = useUi(({ place }) => place.kind === 'queue' && queueKey(place.queue) === queueKey(queue));
  return (
    <RailLink
      icon={icon}
      label={label}
      count={count ? shortCountText(queue, count) : undefined}
      keys={keys}
      tone={queue.kind === 'overdue' ? 'urgent' : 'plain'}
      isFolded={isFolded}
      isCurrent={isCurrent}
      onClick={() => showQueue(queue)}
    />
  );
}

/** A screen of its own that is no queue, with the key that goes there. */
function PlaceLink({
  kind,
  keys,
  onClick,
  ...link
}: Omit<ComponentProps<typeof RailLink>, 'isCurrent'> & {
  kind: 'drafts' | 'outbox' | 'conflicts' | 'aboard';
  keys: string;
}) {
  const isCurrent = useUi(({ place }) => place.kind === kind);
  useCommand({ id: `go-${kind}`, title: link.label, keys: [keys], group: 'Go to', run: onClick });
  return <RailLink {...link} keys={keys} isCurrent={isCurrent} onClick={onClick} />;
}

function DraftsLink({ isFolded }: { isFolded: boolean }) {
  const count = useQuery(trpc.drafts.list.queryOptions()).data?.drafts.length ?? 0;
  return (
    <PlaceLink
      kind="drafts"
      icon={FilePen}
      label="Drafts"
      count={count ? String(count) : undefined}
      keys="g d"
      isFolded={isFolded}
      onClick={() => useUi.getState().go({ kind: 'drafts' })}
    />
  );
}

/** What only a remote workspace has: an outbox, conflicts, and something to take along. */
function RemoteLinks({ isFolded }: { isFolded: boolean }) {
  const status = useSyncStatus();
  if (!status) return null;
  const { total, undecided } = outboxNumbers(status.outbox);
  const conflicts = (status.outbox.conflict ?? 0) + (status.outbox.held ?? 0);
  return (
    <>
      <PlaceLink
        kind="outbox"
        icon={ArrowUpFromLine}
        label="Outbox"
        count={total > 0 ? String(total) : undefined}
        keys={OUTBOX_KEYS}
        // A person has to decide.
        tone={undecided > 0 ? 'urgent' : 'plain'}
        isFolded={isFolded}
        onClick={openOutbox}
      />
      <PlaceLink
        kind="conflicts"
        icon={GitCompareArrows}
        label="Conflicts"
        count={conflicts > 0 ? String(conflicts) : undefined}
        keys={CONFLICTS_KEYS}
        tone="urgent"
        isFolded={isFolded}
        onClick={openConflicts}
      />
      <PlaceLink
        kind="aboard"
        icon={Plane}
        label="Take with me"
        keys={ABOARD_KEYS}
        isFolded={isFolded}
        onClick={openAboard}
      />
    </>
  );
}
