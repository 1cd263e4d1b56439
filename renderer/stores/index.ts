export { isOwnAct, isOwnChange, neighbourOf, useList } from './list.ts';
export { LIST_WIDTH } from './paneWidths.ts';
export { attachWorkspace, type Density, fillsWindow, type Picker, type Theme, useUi } from './ui.ts';
