import {
  ArrowDownNarrowWide,
  ArrowUpNarrowWide,
  ArrowUpToLine,
  CalendarSearch,
  Ellipsis,
} from 'lucide-react';
import { useState } from 'react';
import type { QueueCursor } from '../../../shared/contract/queues.ts';
import { useCommand } from '../../app/commands.ts';
import { useUi } from '../../stores/index.ts';
import { IconButton, Menu, MenuItem, MenuLabel, MenuSeparator } from '../../ui/index.ts';
import { JumpDialog } from './JumpDialog.tsx';

/** Title and count of a queue, and how it is sorted and shown. */
export function ListHeading({
  title,
  count,
  onJump,
  onTop,
}: {
  title: string;
  count: string;
  onJump: (cursor: QueueCursor) => void;
  onTop: () => void;
}) {
  const { sort, density, set } = useUi();
  const [isJumping, setJumping] = useState(false);
  const toggleDensity = () => set({ density: density === 'compact' ? 'comfortable' : 'compact' });
  useCommand({
    id: 'list-top',
    title: 'Go to the top of the list',
    keys: ['g t', 'Home'],
    group: 'List',
    run: onTop,
  });
  useCommand({
    id: 'list-jump',
    title: 'Jump to a date…',
    keys: ['g j'],
    group: 'List',
    run: () => setJumping(true),
  });
  useCommand({
    id: 'list-sort',
    title: sort === 'newest' ? 'Show oldest first' : 'Show newest first',
    keys: ['g r'],
    group: 'List',
    run: () => set({ sort: sort === 'newest' ? 'oldest' : 'newest' }),
  });
  useCommand({
    id: 'density',
    title: 'Compact or comfortable rows',
    keys: ['g v'],
    group: 'Window',
    run: toggleDensity,
  });
  return (
    <header className="flex h-10 shrink-0 items-center gap-2 border-line border-b pr-2 pl-4">
      <h1 className="min-w-0 truncate font-semibold text-heading">{title}</h1>
      <span className="text-faint tabular-nums">{count}</span>
      <span className="flex-1" />
      <Menu align="end" trigger={<IconButton icon={Ellipsis} label="List options" />}>
        <MenuLabel>Order by last message</MenuLabel>
        <MenuItem
          icon={ArrowDownNarrowWide}
          isChecked={sort === 'newest'}
          onSelect={() => set({ sort: 'newest' })}
        >
          Newest first
        </MenuItem>
        <MenuItem
          icon={ArrowUpNarrowWide}
          isChecked={sort === 'oldest'}
          onSelect={() => set({ sort: 'oldest' })}
        >
          Oldest first
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={CalendarSearch} keys="g j" onSelect={() => setJumping(true)}>
          Jump to a date…
        </MenuItem>
        <MenuItem icon={ArrowUpToLine} keys="g t" onSelect={onTop}>
          Go to the top
        </MenuItem>
        <MenuSeparator />
        <MenuItem keys="g v" isChecked={density === 'compact'} onSelect={toggleDensity}>
          Compact rows
        </MenuItem>
      </Menu>
      <JumpDialog open={isJumping} onOpenChange={setJumping} sort={sort} onJump={onJump} />
    </header>
  );
}
