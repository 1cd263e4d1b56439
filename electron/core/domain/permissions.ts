import type { Permission } from '../../../shared/contract/desk.ts';

/** What a HelpDeskZ token may do, in the words its API answers with (behaviour.md 2.1). */
export const PERMISSION_TEXT: Readonly<Record<Permission, string>> = {
  'users.create': 'Create users.',
  'users.read': 'Get list/details of users.',
  'users.update': 'Update users.',
  'users.delete': 'Delete users.',
  'departments.create': 'Create departments.',
  'departments.read': 'Get list/details of departments.',
  'departments.update': 'Update departments.',
  'departments.delete': 'Delete departments.',
  'tickets.create': 'Create tickets.',
  'tickets.read': 'Get list/details of tickets.',
  'tickets.update': 'Update ticket status or department.',
  'tickets.delete': 'Delete tickets.',
  'messages.create': 'Add a message to ticket.',
  'messages.read': 'Get messages from a ticket.',
  'attachments.read': 'Get list/details of attachments.',
  'attachments.download': 'Get file content from an attachment.',
  'attachments.delete': 'Delete attachments.',
  'staff.read': 'Get information/details of staff users.',
  'staff.auth': 'Validate staff authentication.',
};

/** A token may do what was ticked when it was made, and nothing else. */
export function tokenMay(granted: readonly Permission[], wanted: Permission): boolean {
  return granted.includes(wanted);
}
