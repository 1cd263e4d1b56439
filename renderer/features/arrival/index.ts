export { arrivalUrl, isToConnect } from './arrival.ts';
export { BackToWorkspace } from './BackToWorkspace.tsx';
