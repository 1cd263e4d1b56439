export { OutboxScreen } from './OutboxScreen.tsx';
export { OUTBOX_KEYS, openOutbox } from './openOutbox.ts';
export { SendingMark, TicketSendingMark } from './SendingMark.tsx';
export { SyncLine } from './SyncLine.tsx';
export { outboxNumbers } from './syncText.ts';
