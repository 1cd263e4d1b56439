import { useQuery } from '@tanstack/react-query';
import type { WorkspaceItem } from '../../../shared/contract/workspaces.ts';
import { trpc, trpcClient } from '../../api/client.ts';
import { toAppError } from '../../api/errors.ts';
import { desktop, type WorkspaceCalls } from '../../desktop/index.ts';

/** The app's shell opens workspaces itself; a browser asks the desk it is at. */
export const workspaceCalls: WorkspaceCalls = desktop.workspaces ?? {
  list: () => trpcClient.workspaces.list.query(),
  open: (key) => trpcClient.workspaces.open.mutate({ key }),
  add: () => trpcClient.workspaces.add.mutate({}),
  forget: (key) => trpcClient.workspaces.forget.mutate({ key }),
};

export const WORKSPACES_KEY = trpc.workspaces.list.queryKey();

const none: readonly WorkspaceItem[] = [];

/** The workspaces one can go to from here. `isFresh`: other processes change, so look again whenever this is shown. */
export function useWorkspaces({ isFresh = false } = {}) {
  const { data, error } = useQuery({
    queryKey: WORKSPACES_KEY,
    queryFn: () => workspaceCalls.list(),
    refetchOnMount: isFresh ? 'always' : true,
  });
  return {
    canSwitch: data?.canSwitch ?? false,
    canChange: data?.canChange ?? false,
    workspaces: data?.workspaces ?? none,
    /** Why there is no list, where somebody can do something about it. */
    problem:
      error && toAppError(error).code === 'workspace_list_unreadable' ? toAppError(error).message : null,
  };
}
