export { forgetKeptEdits, hasKeptEdits } from './keptEdits.ts';
export { SetupCommands } from './SetupCommands.tsx';
export { SetupScreen } from './SetupScreen.tsx';
