export { CommandPalette } from './CommandPalette.tsx';
export { ShortcutHelp } from './ShortcutHelp.tsx';
