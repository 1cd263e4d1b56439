import type { DeskEvent } from '../../../shared/contract/events.ts';
import type { Actor } from './actor.ts';
import { reaches } from './rights.ts';

/** Whether a person hears of an event; `system` is for everyone. */
export function mayHear(actor: Actor | null, event: DeskEvent): boolean {
  if (event.type === 'system') return true;
  if (actor?.kind !== 'staff') return false;
  switch (event.type) {
    case 'tickets_changed':
    case 'customer_message':
      return event.departmentIds.some((departmentId) => reaches(actor, { kind: 'ticket', departmentId }));
    case 'drafts_changed':
    case 'read_changed':
      return reaches(actor, { kind: 'private', staffId: event.staffId });
    case 'job':
      return reaches(actor, { kind: 'job', staffId: event.job.startedBy });
    case 'desk_changed':
      return true;
  }
}
