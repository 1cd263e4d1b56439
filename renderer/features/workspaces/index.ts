export { WorkspaceItems } from './WorkspaceItems.tsx';
export { WorkspaceSwitcher } from './WorkspaceSwitcher.tsx';
