import {
  ArchiveRestore,
  Building2,
  ChartNoAxesColumn,
  CircleDot,
  Tag,
  Trash2,
  UserRound,
  X,
} from 'lucide-react';
import { useState } from 'react';
import { useViewer } from '../../api/desk.ts';
import { runCommand } from '../../app/commands.ts';
import { useList, useUi } from '../../stores/index.ts';
import { IconButton } from '../../ui/index.ts';
import { PurgeDialog } from './PurgeDialog.tsx';

/** What can be done with the chosen rows; lies over the foot of the list. */
export function BulkBar() {
  const chosen = useList((state) => state.chosen);
  const clear = useList((state) => state.clearChosen);
  const isTrash = useUi(({ place }) => place.kind === 'queue' && place.queue.kind === 'trash');
  const isAdmin = useViewer()?.staff.role === 'admin';
  const [isPurging, setPurging] = useState(false);
  const run = (id: string) => () => void runCommand(id);
  return (
    <>
      <div aria-live="polite" className="sr-only">
        {chosen.size > 0 && `${chosen.size} selected`}
      </div>
      {chosen.size > 0 && (
        <div
          role="toolbar"
          aria-label="Selected tickets"
          className="absolute inset-x-2 bottom-2 z-20 flex h-10 animate-float-in items-center gap-0.5 rounded-lg bg-float pr-1.5 pl-3 shadow-float"
        >
          <span className="min-w-0 flex-1 truncate font-medium tabular-nums">{chosen.size} selected</span>
          {isTrash ? (
            <>
              <IconButton
                icon={ArchiveRestore}
                label="Restore"
                keys="Shift+z"
                tooltipSide="top"
                onClick={run('restore')}
              />
              <IconButton
                disabled={!isAdmin}
                icon={Trash2}
                label={isAdmin ? 'Delete for good…' : 'Only administrators delete for good'}
                tooltipSide="top"
                onClick={() => setPurging(true)}
              />
            </>
          ) : (
            <>
              <IconButton
                icon={CircleDot}
                label="Status"
                keys="s"
                tooltipSide="top"
                onClick={run('set-status')}
              />
              <IconButton
                icon={UserRound}
                label="Assign"
                keys="a"
                tooltipSide="top"
                onClick={run('set-assignee')}
              />
              <IconButton
                icon={Building2}
                label="Department"
                keys="v"
                tooltipSide="top"
                onClick={run('set-department')}
              />
              <IconButton
                icon={ChartNoAxesColumn}
                label="Priority"
                keys="p"
                tooltipSide="top"
                onClick={run('set-priority')}
              />
              <IconButton icon={Tag} label="Tags" keys="t" tooltipSide="top" onClick={run('set-tags')} />
              <IconButton
                icon={Trash2}
                label="Trash"
                keys="Delete"
                tooltipSide="top"
                onClick={run('trash')}
              />
            </>
          )}
          <IconButton icon={X} label="Clear selection" keys="Escape" tooltipSide="top" onClick={clear} />
        </div>
      )}
      <PurgeDialog open={isPurging} onOpenChange={setPurging} ticketIds={[...chosen]} />
    </>
  );
}
