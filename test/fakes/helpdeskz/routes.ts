import { deleteAttachment, listAttachments, showAttachment } from './attachments.ts';
import type { Call, Steps } from './call.ts';
import {
  createDepartment,
  deleteDepartment,
  listDepartments,
  showDepartment,
  updateDepartment,
} from './departments.ts';
import { createMessage, showMessages } from './messages.ts';
import { authenticate, listStaff, showStaff } from './staff.ts';
import { createTicket, deleteTicket, listTickets, showTicket, updateTicket } from './tickets.ts';
import { createUser, deleteUser, listUsers, showUser, updateUser } from './users.ts';
import type { FakeResponse } from './wire.ts';

export type Handler = (call: Call) => FakeResponse | Steps;

interface Action {
  /** What the token needs, in the words of the refusal (behaviour.md 2.1). */
  readonly permission: string;
  readonly handler: Handler;
}

const action = (permission: string, handler: Handler): Action => ({ permission, handler });
const USERS = 'Get list/details of users.';
const DEPARTMENTS = 'Get list/details of departments.';
const TICKETS = 'Get list/details of tickets.';
const MESSAGES = 'Get messages from a ticket.';
const STAFF = 'Get information/details of staff users.';

/** Resource → action; a resource without `index` answers 501 on the bare collection. */
export const ACTIONS: Readonly<Record<string, Readonly<Record<string, Action>>>> = {
  users: {
    index: action(USERS, listUsers),
    show: action(USERS, showUser),
    create: action('Create users.', createUser),
    update: action('Update users.', updateUser),
    delete: action('Delete users.', deleteUser),
  },
  departments: {
    index: action(DEPARTMENTS, listDepartments),
    show: action(DEPARTMENTS, showDepartment),
    create: action('Create departments.', createDepartment),
    update: action('Update departments.', updateDepartment),
    delete: action('Delete departments.', deleteDepartment),
  },
  tickets: {
    index: action(TICKETS, listTickets),
    show: action(TICKETS, showTicket),
    create: action('Create tickets.', createTicket),
    update: action('Update ticket status or department.', updateTicket),
    delete: action('Delete tickets.', deleteTicket),
  },
  messages: {
    show: action(MESSAGES, showMessages),
    create: action('Add a message to ticket.', createMessage),
  },
  attachments: {
    index: action('Get list/details of attachments.', listAttachments),
    show: action('Get file content from an attachment.', showAttachment),
    delete: action('Delete attachments.', deleteAttachment),
  },
  staff: {
    index: action(STAFF, listStaff),
    show: action(STAFF, showStaff),
    auth: action('Validate staff authentication.', authenticate),
  },
};

export type Route =
  | { readonly kind: 'action'; readonly action: Action; readonly id: string }
  | { readonly kind: 'not_implemented'; readonly name: string }
  | { readonly kind: 'page_not_found' }
  | { readonly kind: 'unfiltered' }
  | { readonly kind: 'csrf' };

const PAGE_NOT_FOUND: Route = { kind: 'page_not_found' };
const isDigits = (text: string): boolean => /^\d+$/.test(text);

/** CodeIgniter's routing with the reference's filters (behaviour.md 2.1). */
export function findRoute(method: string, path: string): Route {
  const segments = path.split('/').filter((part) => part !== '');
  if (segments[0] === 'index.php') segments.shift();
  const [root, resource = '', ...rest] = segments;
  const actions = root === 'api' ? ACTIONS[resource] : undefined;
  if (actions && method === 'GET') return readRoute(actions, rest);
  const written = actions && method === 'POST' ? writeRoute(actions, rest) : undefined;
  return written ?? automaticRoute(root ?? '', resource, rest);
}

function readRoute(actions: Readonly<Record<string, Action>>, rest: readonly string[]): Route {
  const [first, id = ''] = rest;
  if (first === undefined) return actionRoute(actions, 'index', '');
  if (first === 'new' || first === 'edit') return { kind: 'not_implemented', name: first };
  if (first === 'remove') return PAGE_NOT_FOUND;
  // Whatever is not a page of its own is taken for an id.
  return actionRoute(actions, 'show', first === 'show' ? id : first);
}

function writeRoute(actions: Readonly<Record<string, Action>>, rest: readonly string[]): Route | undefined {
  const [first, id = ''] = rest;
  if (first === undefined) return { kind: 'csrf' };
  if (rest.length === 1)
    return first === 'create' || first === 'auth' ? actionRoute(actions, first, '') : undefined;
  if (first !== 'update' && first !== 'delete') return undefined;
  return isDigits(id) ? actionRoute(actions, first, id) : { kind: 'csrf' };
}

function actionRoute(actions: Readonly<Record<string, Action>>, name: string, id: string): Route {
  const found = actions[name];
  return found ? { kind: 'action', action: found, id } : { kind: 'not_implemented', name };
}

/** The framework's automatic routes reach a controller past its token filter. */
function automaticRoute(root: string, resource: string, rest: readonly string[]): Route {
  const actions = ACTIONS[resource.toLowerCase()];
  if (!/^[aA]pi$/.test(root) || !actions) return PAGE_NOT_FOUND;
  const name = rest[0] ?? 'index';
  const isMethod = name in actions || ['index', 'create', 'update', 'delete', 'show'].includes(name);
  return isMethod ? { kind: 'unfiltered' } : PAGE_NOT_FOUND;
}
