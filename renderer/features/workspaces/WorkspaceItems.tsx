import { CircleDashed, FolderX, Inbox, type LucideIcon, Plus, RefreshCw } from 'lucide-react';
import type { WorkspaceItem } from '../../../shared/contract/workspaces.ts';
import { MenuItem, MenuLabel, MenuSeparator } from '../../ui/index.ts';
import { goToWorkspace } from './goToWorkspace.ts';
import { useWorkspaces } from './workspaceCalls.ts';
import { askToAdd } from './workspaceDialogs.ts';
import { ADD_KEYS, keysOf } from './workspaceKeys.ts';
import { kindText, nameOf, waitingText } from './workspaceText.ts';

function iconOf({ kind, presence }: WorkspaceItem): LucideIcon {
  if (presence === 'missing') return FolderX;
  if (kind === 'new') return CircleDashed;
  return kind === 'remote' ? RefreshCw : Inbox;
}

/** In the desk menu: every workspace of this user, the open one ticked. */
export function WorkspaceItems() {
  const { canSwitch, canChange, workspaces, problem } = useWorkspaces({ isFresh: true });
  if (problem) return <Problem text={problem} />;
  if (!canSwitch) return null;
  return (
    <>
      <MenuSeparator />
      {workspaces.length > 0 && <MenuLabel>Workspaces</MenuLabel>}
      {workspaces.map((item, index) => (
        <MenuItem
          key={item.key}
          icon={iconOf(item)}
          isChecked={item.presence === 'here'}
          keys={item.presence === 'here' ? undefined : keysOf(index)[0]}
          onSelect={() => goToWorkspace(item)}
        >
          <WorkspaceLines item={item} />
        </MenuItem>
      ))}
      {canChange && (
        <MenuItem icon={Plus} keys={ADD_KEYS} onSelect={askToAdd}>
          Add a workspace…
        </MenuItem>
      )}
    </>
  );
}

function Problem({ text }: { text: string }) {
  return (
    <>
      <MenuSeparator />
      <MenuLabel>Workspaces</MenuLabel>
      <p className="max-w-72 break-words px-2 pb-1.5 text-danger-ink text-small">{text}</p>
    </>
  );
}

function WorkspaceLines({ item }: { item: WorkspaceItem }) {
  const waiting = waitingText(item);
  return (
    <span className="flex min-w-0 items-center gap-3 py-1">
      <span className="min-w-0 flex-1">
        <span className="block truncate">{nameOf(item)}</span>
        <span className="block truncate text-faint text-small">{kindText(item)}</span>
      </span>
      {waiting && <span className="shrink-0 text-small text-soft tabular-nums">{waiting}</span>}
    </span>
  );
}
