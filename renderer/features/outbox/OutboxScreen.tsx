import { ArrowUpFromLine, RefreshCw } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { OutboxItem } from '../../../shared/contract/sync.ts';
import { useSyncStatus } from '../../api/desk.ts';
import { Button, EmptyState, Segmented } from '../../ui/index.ts';
import { useSyncNow } from '../sync/index.ts';
import { useWaiting, type WaitingState } from './useWaiting.ts';
import { WaitingHeading } from './WaitingHeading.tsx';
import { WaitingPanes } from './WaitingPanes.tsx';
import { groupOf, type WaitingGroup } from './waitingText.ts';

/** From here on a choice of what is shown helps more than it takes room. */
const LONG = 6;

/** Every operation that the server has not confirmed: what it would do, why it waits, and what a person can do about it. */
export function OutboxScreen() {
  const [group, setGroup] = useState<WaitingGroup>('all');
  const isShown = useCallback((item: OutboxItem) => group === 'all' || groupOf(item) === group, [group]);
  const waiting = useWaiting(isShown);
  const { all } = waiting;
  const status = useSyncStatus();
  const sync = useSyncNow();
  const host = status ? new URL(status.url).host : 'the server';
  return (
    <WaitingPanes
      label="Outbox"
      waiting={waiting}
      heading={
        <WaitingHeading
          title="Outbox"
          count={waiting.outbox.data?.total}
          lead={`What you did here and ${host} has not confirmed, in the order it goes out.`}
        >
          {(all.length >= LONG || group !== 'all') && (
            <GroupFilter waiting={waiting} group={group} onChange={setGroup} />
          )}
          <Button icon={RefreshCw} keys="Shift+s" isBusy={sync.isBusy} onClick={sync.run}>
            Sync now
          </Button>
        </WaitingHeading>
      }
      empty={
        group === 'all' ? (
          <EmptyState
            className="flex-1"
            icon={ArrowUpFromLine}
            text="Nothing waits."
            detail="What you do here is on the server."
          />
        ) : (
          <EmptyState
            className="flex-1"
            icon={ArrowUpFromLine}
            text="Nothing of that kind waits."
            action={{ label: 'Show all', run: () => setGroup('all') }}
          />
        )
      }
    />
  );
}

function GroupFilter({
  waiting: { all },
  group,
  onChange,
}: {
  waiting: WaitingState;
  group: WaitingGroup;
  onChange: (group: WaitingGroup) => void;
}) {
  const count = (of: WaitingGroup): number => all.filter((item) => groupOf(item) === of).length;
  const segments = [
    { value: 'all' as const, label: 'All' },
    { value: 'decide' as const, label: `To decide ${count('decide')}` },
    { value: 'unsure' as const, label: `Unsure ${count('unsure')}` },
    { value: 'going' as const, label: `Going ${count('going')}` },
  ];
  return <Segmented label="Show" value={group} onValueChange={onChange} segments={segments} />;
}
