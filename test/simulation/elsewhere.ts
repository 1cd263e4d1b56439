import type { Random } from '../../electron/core/services/demo/random.ts';
import type { FakeHelpdeskz } from '../fakes/helpdeskz/fakeHelpdeskz.ts';
import { appendReply } from '../fakes/helpdeskz/messages.ts';
import {
  addDepartment,
  addMessageRow,
  addTicketRow,
  removeTicket,
  type Ticket,
} from '../fakes/helpdeskz/state.ts';
import type { World } from './world.ts';

/** The colleague who uses the server's own panel. */
const PANEL = 6;
/** A script's token: nobody takes it away. */
export const SCRIPT_TOKEN = 'script'.padEnd(60, 'x');

/** What happens on the server without us: customers write, colleagues use the panel, scripts its API, an administrator cleans up. */
export async function actElsewhere(world: World): Promise<void> {
  const { random, server, text } = world;
  const tickets = [...server.state.tickets.values()];
  const [first, ...rest] = tickets;
  const what = random.int(0, 14);
  if (!first || what === 0) {
    addOpened(server, random, world.time.now(), text('Subject'), text('Customer'));
    return;
  }
  const ticket = random.pick([first, ...rest]);
  if (what <= 4) await writes(world, ticket, what === 4);
  else if (what <= 7) moves(world, ticket, 'status');
  else if (what === 8) moves(world, ticket, 'departmentId');
  else if (what === 9 && random.chance(0.3)) removeTicket(server.state, ticket.id);
  else if (what <= 10) await scriptCalls(world, ticket);
  else if (what <= 12) await tokenChanges(world);
  else renames(world);
}

export function addOpened(
  { state }: FakeHelpdeskz,
  random: Random,
  nowMs: number,
  subject: string,
  message: string,
): void {
  const now = Math.floor(nowMs / 1000) - random.int(0, 100_000);
  const [user, ...users] = [...state.users.keys()];
  const [department, ...departments] = [...state.departments.keys()];
  if (user === undefined || department === undefined) return;
  const ticket = addTicketRow(state, {
    userId: random.pick([user, ...users]),
    departmentId: random.pick([department, ...departments]),
    subject,
    date: now,
    lastUpdate: now,
    status: random.int(1, 5),
    replies: 0,
  });
  addMessageRow(state, { ticketId: ticket.id, date: now, customer: true, staffId: 0, message });
}

async function writes(
  { time, random, server, text }: World,
  ticket: Ticket,
  isStaff: boolean,
): Promise<void> {
  const now = Math.floor(time.now() / 1000);
  const message = text(isStaff ? 'Panel' : 'Customer');
  const reply = { now, isStaff, staffId: isStaff ? PANEL : 0, message };
  const running = appendReply(server.state, ticket, reply);
  let step = running.next();
  for (; !step.done; step = running.next()) await time.sleep(random.int(0, 30));
  if (!random.chance(0.2)) return;
  // The reference files what came with a message after it (behaviour.md 3.5).
  const id = server.state.nextId.attachment++;
  const [ticketId, messageId] = [ticket.id, step.value.id];
  const file = { id, ticketId, messageId, name: `file-${id}.pdf`, filetype: 'application/pdf' };
  server.state.attachments.set(id, { ...file, content: Buffer.from(`%PDF ${id}`), isFileGone: false });
}

/** What a scan of pages over an unordered list trips over (3.6). */
export function moves({ random, server }: World, ticket: Ticket, field: 'status' | 'departmentId'): void {
  const [first = ticket.departmentId, ...rest] = [...server.state.departments.keys()];
  ticket[field] = field === 'status' ? random.int(1, 5) : random.pick([first, ...rest]);
  server.state.version += 1;
}

interface ScriptCall {
  readonly path: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A script of somebody's, straight at the server's API. */
async function scriptCalls({ time, random, server, text }: World, ticket: Ticket): Promise<void> {
  const status = String(random.int(1, 5));
  const calls: [ScriptCall, ...ScriptCall[]] = [
    { path: `tickets/update/${ticket.id}`, fields: { status } },
    {
      path: 'messages/create',
      fields: { ticket_id: String(ticket.id), message: text('Script'), replier: 'user' },
    },
    {
      path: 'users/create',
      fields: { fullname: text('Script'), email: `script${random.int(1, 3)}@mail.example` },
    },
  ];
  const { path, fields } = random.pick(calls);
  const parts = Object.entries(fields).map(
    ([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const file = '--b\r\nContent-Disposition: form-data; name="attachment[]"; filename=""\r\n\r\n\r\n--b--\r\n';
  const running = server.steps({
    method: 'POST',
    path: `/api/${path}`,
    headers: { token: SCRIPT_TOKEN, 'content-type': 'multipart/form-data; boundary=b' },
    body: Buffer.from(parts.join('') + file),
  });
  while (!running.next().done) await time.sleep(random.int(0, 30));
}

const WRITING = ['Add a message to ticket.', 'Update ticket status or department.', 'Create tickets.'];
const READING = ['Get messages from a ticket.'];

/** A token is switched off, or may do less for a while; then an administrator gives back what was taken. */
async function tokenChanges({ time, random, server, clients }: World): Promise<void> {
  const [first, ...rest] = clients;
  if (!first) return;
  const client = random.pick([first, ...rest]);
  const token = server.state.tokens.find((one) => one.token === client.token);
  if (!token) return;
  const missing = random.pick([WRITING[0], WRITING[0], WRITING[1], WRITING[2], READING[0], null]);
  if (missing === null) token.isActive = false;
  else token.permissions = EVERYTHING.filter((permission) => permission !== missing);
  await time.sleep(random.int(5_000, 40_000));
  client.giveBack(server);
}

const EVERYTHING = [
  ...WRITING,
  ...READING,
  ...['users', 'departments', 'tickets', 'attachments'].map((what) => `Get list/details of ${what}.`),
  ...['Create users.', 'Get file content from an attachment.', 'Get information/details of staff users.'],
];

/** Customers and departments are renamed at the panel. */
function renames({ random, server, text }: World): void {
  const { state } = server;
  if (random.chance(0.3) && state.departments.size < 4) addDepartment(state, text('Department'), false);
  const rows = [...state.users.values(), ...state.departments.values()];
  const [first, ...rest] = rows;
  if (!first) return;
  const row = random.pick([first, ...rest]);
  if ('fullname' in row) row.fullname = text('Named');
  else row.name = text('Department');
  state.version += 1;
}
