export { OutboxScreen } from './OutboxScreen.tsx';
export { OUTBOX_KEYS, openOutbox } from './openOutbox.ts';
export { SendingMark, TicketSendingMark } from './SendingMark.tsx';
export { SyncLine } from './SyncLine.tsx';
export { outboxNumbers, syncLine } from './syncText.ts';
export { useSyncNow } from './useSyncNow.ts';
