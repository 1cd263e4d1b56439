import { attachments } from './attachments.ts';
import type { Action } from './call.ts';
import { changes } from './changes.ts';
import { departments } from './departments.ts';
import { events } from './events.ts';
import { messages } from './messages.ts';
import type { ActionName, Feed, Resource } from './routing.ts';
import { staff } from './staff.ts';
import { tickets } from './tickets.ts';
import { users } from './users.ts';

/** What each address does: `api/<resource>/<action>`. */
export const ACTIONS: Readonly<Record<Resource | Feed, Partial<Record<ActionName, Action>>>> = {
  users,
  departments,
  tickets,
  messages,
  attachments,
  staff,
  changes,
  events,
};
