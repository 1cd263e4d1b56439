import { create } from 'zustand';
import type { WorkspaceItem } from '../../../shared/contract/workspaces.ts';

type Asked = { kind: 'add' } | { kind: 'missing'; item: WorkspaceItem } | null;

/** Which question about workspaces is open. */
export const useWorkspaceDialog = create<{ asked: Asked }>(() => ({ asked: null }));

export const askToAdd = (): void => useWorkspaceDialog.setState({ asked: { kind: 'add' } });
export const askAboutMissing = (item: WorkspaceItem): void =>
  useWorkspaceDialog.setState({ asked: { kind: 'missing', item } });
export const closeWorkspaceDialog = (): void => useWorkspaceDialog.setState({ asked: null });
