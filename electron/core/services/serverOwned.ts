import type { Permission } from '../../../shared/contract/desk.ts';
import { type AppError, appErrorOf } from '../../../shared/contract/errors.ts';
import type { ServiceDeps } from './context.ts';

/**
 * What a remote workspace leaves to its server: who works there, its departments, and whatever cannot be told to it
 * and would be back, or gone for good, at the next sync. The one list for the window's calls, its file routes, the
 * command line and the HelpDeskZ API.
 */
const CALLS = [
  'departments.create departments.update departments.reorder departments.delete',
  'staff.create staff.update staff.setActive staff.resetPassword staff.makeResetLink',
  'customers.update customers.setBlocked customers.merge customers.delete customers.releaseMail',
  'tickets.purge',
  'POST /files/import',
  'command demo',
].flatMap((line) => (line.includes('.') ? line.split(' ') : [line]));

const PERMISSIONS: readonly Permission[] = [
  'users.update',
  'users.delete',
  'departments.create',
  'departments.update',
  'departments.delete',
  'tickets.delete',
  'attachments.delete',
];

const SERVER_OWNED: ReadonlySet<string> = new Set([...CALLS, ...PERMISSIONS]);

/** belongs_to_server where a remote workspace must not do this; null on a desk of its own. */
export function serverOwnedRefusal({ store }: Pick<ServiceDeps, 'store'>, call: string): AppError | null {
  if (!SERVER_OWNED.has(call) || !store.remoteDesk.get()) return null;
  return appErrorOf('belongs_to_server');
}
