import type { WorkspaceItem } from '../../../shared/contract/workspaces.ts';
import { LIMITS } from '../../../shared/limits.ts';

export const nameOf = ({ name }: Pick<WorkspaceItem, 'name'>): string => name || 'New workspace';

/** What a workspace is, in the line under its name. */
export function kindText({ name, kind, server, presence }: WorkspaceItem): string {
  if (presence === 'missing') return 'Its folder is not there';
  if (kind === 'new') return 'Not set up yet';
  const what = kind === 'remote' ? mirrorText(name, server) : 'Helpdesk on this machine';
  return presence === 'closed' ? `${what} · not open` : what;
}

/** A mirror that nobody gave a name carries its server's: said once is enough. */
function mirrorText(name: string, server: string | null): string {
  return server === null || name === server ? 'Mirror of a HelpDeskZ' : `Mirror of ${server}`;
}

/** What waits there, the most urgent first; '' where nothing is known or waits. */
export function waitingText({ outbox, openTickets }: WorkspaceItem): string {
  if (outbox && outbox.undecided > 0) return `${outbox.undecided} to decide`;
  if (outbox && outbox.waiting > 0) return `${outbox.waiting} to send`;
  if (!openTickets) return '';
  return `${openTickets > LIMITS.cappedCount ? `${LIMITS.cappedCount}+` : openTickets} open`;
}
