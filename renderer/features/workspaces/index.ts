export { isToConnect } from './arrival.ts';
export { BackToWorkspace } from './BackToWorkspace.tsx';
export { WorkspaceItems } from './WorkspaceItems.tsx';
export { WorkspaceSwitcher } from './WorkspaceSwitcher.tsx';
