/** The rows of a HelpDeskZ 2.0.2 as its API and its other writers see them (behaviour.md part 1). Times are Unix seconds. */
export interface User {
  readonly id: number;
  fullname: string;
  email: string;
}

export interface Department {
  readonly id: number;
  name: string;
  private: '0' | '1';
}

export interface StaffMember {
  readonly id: number;
  username: string;
  fullname: string;
  email: string;
  password: string;
  isAdmin: boolean;
  isActive: boolean;
  totpSecret: string | null;
  registration: number;
  login: number;
  lastLogin: number;
}

export interface Ticket {
  readonly id: number;
  readonly userId: number;
  departmentId: number;
  subject: string;
  readonly date: number;
  lastUpdate: number;
  status: number;
  replies: number;
}

export interface Message {
  readonly id: number;
  readonly ticketId: number;
  readonly date: number;
  readonly customer: boolean;
  readonly staffId: number;
  readonly message: string;
}

export interface Attachment {
  readonly id: number;
  readonly messageId: number;
  readonly ticketId: number;
  readonly name: string;
  readonly filetype: string;
  readonly content: Buffer;
  /** The row can outlive its file. */
  isFileGone: boolean;
}

/** A mail that the server sent inside a request (behaviour.md 3.3). */
export interface SentMail {
  readonly template: 'new_user' | 'new_ticket' | 'staff_reply' | 'staff_ticketnotification';
  readonly to: string;
  readonly ticketId: number | null;
  readonly messageId: number | null;
}

export interface ApiToken {
  token: string;
  permissions: readonly string[] | 'all';
  /** As stored: entries are told apart by ", " (behaviour.md 2.8). */
  ipAddress: string;
  isActive: boolean;
}

export interface Settings {
  /** `tickets_page`, `tickets_replies`; users are fixed at 25. */
  ticketsPage: number;
  repliesPage: number;
  replyOrder: 'asc' | 'desc';
  attachments: boolean;
  attachmentNumber: number;
  fileSizeMb: number;
  fileTypes: readonly string[];
  uploadMaxMb: number;
  postMaxMb: number;
  loginAttempts: number;
  loginMinutes: number;
  autocloseHours: number;
  /** What the optimiser does to the unordered list: small tables come in row order, big ones by department (3.6). */
  listOrder: 'rows' | 'departments';
  /** HTMLPurifier keeps `class`; a changed one may not. */
  keepsClass: boolean;
  /** Apache answers a trailing slash with 301; other servers accept it. */
  redirectsSlash: boolean;
  siteUrl: string;
}

const DEFAULT_SETTINGS: Settings = {
  ticketsPage: 15,
  repliesPage: 15,
  replyOrder: 'desc',
  attachments: true,
  attachmentNumber: 3,
  fileSizeMb: 2.5,
  fileTypes: ['jpg', 'png', 'gif'],
  uploadMaxMb: 2,
  postMaxMb: 8,
  loginAttempts: 3,
  loginMinutes: 5,
  autocloseHours: 96,
  listOrder: 'rows',
  keepsClass: true,
  redirectsSlash: true,
  siteUrl: 'http://helpdesk.test',
};

export interface State {
  readonly settings: Settings;
  readonly users: Map<number, User>;
  readonly departments: Map<number, Department>;
  readonly staff: Map<number, StaffMember>;
  readonly tickets: Map<number, Ticket>;
  /** MyISAM's row order: a deleted row leaves a hole that the next new row takes. */
  readonly ticketRows: (number | null)[];
  readonly freeRows: number[];
  readonly messages: Map<number, Message[]>;
  readonly attachments: Map<number, Attachment>;
  readonly mails: SentMail[];
  readonly tokens: ApiToken[];
  readonly loginAttempts: Map<string, { attempts: number; at: number }>;
  readonly nextId: Record<'user' | 'department' | 'ticket' | 'message' | 'attachment', number>;
  /** Grows with every write, so that a sorted list can be kept until something moves. */
  version: number;
}

export function createState(settings: Partial<Settings> = {}): State {
  return {
    settings: { ...DEFAULT_SETTINGS, ...settings },
    users: new Map(),
    departments: new Map(),
    staff: new Map(),
    tickets: new Map(),
    ticketRows: [],
    freeRows: [],
    messages: new Map(),
    attachments: new Map(),
    mails: [],
    tokens: [],
    loginAttempts: new Map(),
    nextId: { user: 1, department: 1, ticket: 1, message: 1, attachment: 1 },
    version: 0,
  };
}

export function addDepartment(state: State, name: string, isPrivate: boolean): Department {
  const department: Department = { id: state.nextId.department++, name, private: isPrivate ? '1' : '0' };
  state.departments.set(department.id, department);
  state.version += 1;
  return department;
}

export function addUser(state: State, fullname: string, email: string): User {
  const user: User = { id: state.nextId.user++, fullname, email };
  state.users.set(user.id, user);
  state.version += 1;
  return user;
}

export function addStaff(
  state: State,
  member: Pick<StaffMember, 'username' | 'fullname' | 'email' | 'password'> & Partial<StaffMember>,
): StaffMember {
  const added: StaffMember = {
    id: state.staff.size + 1,
    isAdmin: false,
    isActive: true,
    totpSecret: null,
    registration: 0,
    login: 0,
    lastLogin: 0,
    ...member,
  };
  state.staff.set(added.id, added);
  return added;
}

export function addTicketRow(state: State, row: Omit<Ticket, 'id'>): Ticket {
  const ticket: Ticket = { id: state.nextId.ticket++, ...row };
  state.tickets.set(ticket.id, ticket);
  const hole = state.freeRows.pop();
  if (hole === undefined) state.ticketRows.push(ticket.id);
  else state.ticketRows[hole] = ticket.id;
  state.version += 1;
  return ticket;
}

export function addMessageRow(state: State, row: Omit<Message, 'id'>): Message {
  const message: Message = { id: state.nextId.message++, ...row };
  const thread = state.messages.get(row.ticketId);
  if (thread) thread.push(message);
  else state.messages.set(row.ticketId, [message]);
  state.version += 1;
  return message;
}

export function removeTicket(state: State, id: number): void {
  if (!state.tickets.delete(id)) return;
  const row = state.ticketRows.indexOf(id);
  state.ticketRows[row] = null;
  state.freeRows.push(row);
  state.messages.delete(id);
  for (const [attachmentId, { ticketId }] of state.attachments) {
    if (ticketId === id) state.attachments.delete(attachmentId);
  }
  state.version += 1;
}

export function removeTicketsWhere(state: State, isGone: (ticket: Ticket) => boolean): void {
  for (const ticket of [...state.tickets.values()]) if (isGone(ticket)) removeTicket(state, ticket.id);
}
