import type { Viewer } from '../../../shared/contract/desk.ts';
import type { StaffId } from '../../../shared/model/ids.ts';
import type { ServiceDeps } from './context.ts';
import { toStaffMember } from './directory.ts';

/** Who is looking, and at which desk. */
export function viewerOf(deps: ServiceDeps, staffId: StaffId): Viewer | undefined {
  const account = deps.store.staff.byId(staffId);
  if (!account?.isActive) return undefined;
  const { siteName, timeZone } = deps.store.settings.get();
  const { signatureHtml } = account;
  return {
    staff: toStaffMember(account),
    siteName,
    timeZone: account.timeZone || timeZone,
    signatureHtml,
  };
}
