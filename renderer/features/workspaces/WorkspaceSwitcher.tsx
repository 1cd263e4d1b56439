import type { WorkspaceItem } from '../../../shared/contract/workspaces.ts';
import { useCommand } from '../../app/commands.ts';
import { AddWorkspaceDialog } from './AddWorkspaceDialog.tsx';
import { goToWorkspace } from './goToWorkspace.ts';
import { MissingWorkspaceDialog } from './MissingWorkspaceDialog.tsx';
import { useWorkspaces } from './workspaceCalls.ts';
import { askToAdd, useWorkspaceDialog } from './workspaceDialogs.ts';
import { ADD_KEYS, keysOf } from './workspaceKeys.ts';
import { nameOf } from './workspaceText.ts';

/** The keys of the workspaces, and what is asked about them. Shows nothing while nothing is asked. */
export function WorkspaceSwitcher() {
  const { canSwitch, canChange, workspaces } = useWorkspaces();
  const asked = useWorkspaceDialog((state) => state.asked);
  if (!canSwitch) return null;
  return (
    <>
      {workspaces.map((item, index) =>
        item.presence === 'here' ? null : <WorkspaceCommand key={item.key} item={item} index={index} />,
      )}
      {canChange && <AddCommand />}
      {asked?.kind === 'add' && <AddWorkspaceDialog />}
      {asked?.kind === 'missing' && <MissingWorkspaceDialog item={asked.item} canForget={canChange} />}
    </>
  );
}

function WorkspaceCommand({ item, index }: { item: WorkspaceItem; index: number }) {
  const run = () => goToWorkspace(item);
  const keys = keysOf(index);
  const title = `Workspace: ${nameOf(item)}`;
  useCommand({ id: `workspace-${item.key}`, title, keys, group: 'Go to', run });
  // With a modifier it works while one types, too.
  useCommand({
    id: `workspace-typing-${item.key}`,
    title,
    keys: keys.slice(1),
    group: 'Go to',
    worksInText: true,
    isHidden: true,
    run,
  });
  return null;
}

function AddCommand() {
  useCommand({
    id: 'add-workspace',
    title: 'Add a workspace',
    keys: [ADD_KEYS],
    group: 'Window',
    run: askToAdd,
  });
  return null;
}
