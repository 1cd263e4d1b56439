export { AwayNotice } from './AwayNotice.tsx';
export { FirstSyncNote } from './FirstSyncNote.tsx';
export { GoneMark } from './GoneMark.tsx';
export { CONFLICTS_KEYS, OUTBOX_KEYS, openConflicts, openOutbox } from './openOutbox.ts';
export { SendingMark, TicketSendingMark } from './SendingMark.tsx';
export { SyncLine } from './SyncLine.tsx';
export {
  agoText,
  capital,
  grouped,
  KIND_WORDS,
  leftText,
  outboxNumbers,
  STATE_WORDS,
  syncLine,
  uploadText,
} from './syncText.ts';
export { UnfetchedNote } from './UnfetchedNote.tsx';
export { UploadNote } from './UploadNote.tsx';
export { usePause } from './usePause.ts';
export { useRefresh } from './useRefresh.ts';
export { useSyncNow } from './useSyncNow.ts';
export { useUpload } from './useUpload.ts';
