export { BulkBar } from './BulkBar.tsx';
export { DraftList } from './DraftList.tsx';
export { focusList, goToList } from './listElement.ts';
export { QueueView } from './QueueView.tsx';
export { QUEUE_NAMES, queueCount, queueKey, shortCountText } from './queueRules.ts';
export { RowList } from './RowList.tsx';
export { useListCommands } from './useListCommands.ts';
export { useRowClick } from './useRowClick.ts';
