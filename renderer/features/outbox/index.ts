export { ConflictsScreen } from './ConflictsScreen.tsx';
export { OutboxScreen } from './OutboxScreen.tsx';
