import { type AppError, appErrorOf } from '../../../shared/contract/errors.ts';
import type { ServiceDeps } from './context.ts';

/**
 * What a remote workspace leaves to its server, because the server's API has no call for it: who works there, the order
 * of departments, merging and blocking customers; and what would mix other tickets with the server's. Whatever else
 * people and scripts change is an operation of the outbox. The one list for the window's calls, its file routes and the
 * command line; a customer's name and erasing them are refused by their services.
 */
const CALLS = [
  'departments.reorder',
  'staff.create staff.update staff.setActive staff.resetPassword staff.makeResetLink',
  'customers.setBlocked customers.merge customers.releaseMail',
  'POST /files/import',
  'command demo',
].flatMap((line) => (line.includes('.') ? line.split(' ') : [line]));

const SERVER_OWNED: ReadonlySet<string> = new Set(CALLS);

/** belongs_to_server where a remote workspace must not do this; null on a desk of its own. */
export function serverOwnedRefusal({ store }: Pick<ServiceDeps, 'store'>, call: string): AppError | null {
  if (!SERVER_OWNED.has(call) || !store.remoteDesk.get()) return null;
  return appErrorOf('belongs_to_server');
}
