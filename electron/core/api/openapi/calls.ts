import type { ApiCall } from './call.ts';
import { aboutCalls } from './calls/about.ts';
import { attachmentCalls } from './calls/attachments.ts';
import { changeCalls } from './calls/changes.ts';
import { departmentCalls } from './calls/departments.ts';
import { messageCalls } from './calls/messages.ts';
import { staffCalls } from './calls/staff.ts';
import { ticketCalls } from './calls/tickets.ts';
import { userCalls } from './calls/users.ts';

/** Every call of the API, in the order in which the page shows them. */
export const API_CALLS: readonly ApiCall[] = [
  ...userCalls,
  ...departmentCalls,
  ...ticketCalls,
  ...messageCalls,
  ...attachmentCalls,
  ...staffCalls,
  ...changeCalls,
  ...aboutCalls,
];
