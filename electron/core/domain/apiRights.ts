import { PERMISSIONS, type Permission } from '../../../shared/contract/desk.ts';
import type { StaffRole } from '../../../shared/model/ticket.ts';

/**
 * What an agent's client may ask of the HelpDeskZ API: what the agent may do in the window (rights.ts). There agents
 * find any customer and open tickets for new ones, too; changing and deleting customers, departments and staff is the
 * administrators' business. Deleting an attachment can't be taken back, and trying passwords is for programs that
 * were given that permission.
 */
const AGENT: readonly Permission[] = [
  'users.create',
  'users.read',
  'departments.read',
  'tickets.create',
  'tickets.read',
  'tickets.update',
  'tickets.delete',
  'messages.create',
  'messages.read',
  'attachments.read',
  'attachments.download',
  'staff.read',
];

/** The permissions of someone who calls as themselves (Bearer). Which tickets they reach is a matter of departments. */
export function apiPermissionsOf(role: StaffRole): readonly Permission[] {
  return role === 'admin' ? PERMISSIONS : AGENT;
}
