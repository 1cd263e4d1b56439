import { z } from 'zod';

/** Status numbers are HelpDeskZ's, fixed in its code (behaviour.md part 1). */
export const STATUS = { open: 1, answered: 2, awaitingReply: 3, inProgress: 4, closed: 5 } as const;
export const ticketStatus = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);
export type TicketStatus = z.infer<typeof ticketStatus>;
export const ALL_STATUSES: readonly TicketStatus[] = [1, 2, 3, 4, 5];
/** What the queue «All open» holds: someone on the desk owes the next step. */
export const OPEN_STATUSES: readonly TicketStatus[] = [STATUS.open, STATUS.awaitingReply, STATUS.inProgress];

export const STATUS_NAMES: Readonly<Record<TicketStatus, string>> = {
  1: 'Open',
  2: 'Answered',
  3: 'Awaiting reply',
  4: 'In progress',
  5: 'Closed',
};

/** Priority rows of a fresh HelpDeskZ (behaviour.md part 1). */
export const ticketPriority = z.union([
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
  z.literal(5),
  z.literal(6),
]);
export type TicketPriority = z.infer<typeof ticketPriority>;
export const PRIORITY_NAMES: Readonly<Record<TicketPriority, string>> = {
  1: 'Low',
  2: 'Medium',
  3: 'High',
  4: 'Urgent',
  5: 'Emergency',
  6: 'Critical',
};

/** Where a message came from. */
export const messageSource = z.enum(['app', 'api', 'mail', 'import', 'demo', 'remote']);
export type MessageSource = z.infer<typeof messageSource>;
export const authorKind = z.enum(['customer', 'staff']);
export type AuthorKind = z.infer<typeof authorKind>;
export const staffRole = z.enum(['admin', 'agent']);
export type StaffRole = z.infer<typeof staffRole>;
