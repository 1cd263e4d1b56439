import type { WorkspaceItem, WorkspaceKey } from '../../../shared/contract/workspaces.ts';
import type { Result } from '../../../shared/util/result.ts';

/** The other workspaces of this machine's user; `electron/core/host/workspaces` gives it where windows are served. */
export interface WorkspacesPort {
  list(): Promise<Result<WorkspaceItem[]>>;
  /** The address of its window; opens it where nobody has. */
  open(key: WorkspaceKey): Promise<Result<{ url: string }>>;
  /** A new folder, open, for the first-run screen. */
  add(): Promise<Result<{ url: string }>>;
  /** Off the list; the folder stays. */
  forget(key: WorkspaceKey): Promise<Result<void>>;
}
