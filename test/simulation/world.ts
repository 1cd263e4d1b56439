import { createRandom, type Random } from '../../electron/core/services/demo/random.ts';
import { createFakeHelpdeskz, type FakeHelpdeskz } from '../fakes/helpdeskz/fakeHelpdeskz.ts';
import { appendReply } from '../fakes/helpdeskz/messages.ts';
import {
  addDepartment,
  addMessageRow,
  addStaff,
  addTicketRow,
  addUser,
  removeTicket,
} from '../fakes/helpdeskz/state.ts';
import { type Client, createClient, type Mutation } from './client.ts';
import { createNetwork, type Network } from './network.ts';
import { createVirtualTime, type VirtualTime } from './virtualTime.ts';

const START = Date.UTC(2026, 0, 5, 9);
const DAY_MS = 86_400_000;
const TOKEN = 'simulated'.padEnd(60, 'x');

/** One remote, several desks, customers and colleagues at the panel: everything one seed decides. */
export interface World {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly server: FakeHelpdeskz;
  readonly network: Network;
  readonly clients: readonly Client[];
  /** A text nobody else writes, so that every message can be found again. */
  text(by: string): string;
}

export function createWorld(seed: number, mutation: Mutation = {}): World {
  const random = createRandom(seed);
  const time = createVirtualTime(START);
  const server = createFakeHelpdeskz({
    now: time.now,
    settings: {
      ticketsPage: random.pick([2, 3, 15]),
      repliesPage: random.pick([2, 3, 15]),
      replyOrder: random.pick(['asc', 'desc']),
      listOrder: random.pick(['rows', 'departments']),
      keepsClass: !random.chance(0.1),
    },
  });
  fill(server, random);
  const network = createNetwork(time, random, server);
  const clients = Array.from({ length: random.int(1, 3) }, (_, index) =>
    createClient({
      ...{ time, random, network, mutation, token: TOKEN },
      name: `desk${'abc'[index]}`,
      staffId: index + 1,
      skewMs: random.chance(0.3) ? random.int(-DAY_MS, DAY_MS) : 0,
    }),
  );
  let texts = 0;
  return {
    ...{ time, random, server, network, clients },
    text: (by) => `${by} says ${++texts}.`,
  };
}

function fill({ state }: FakeHelpdeskz, random: Random): void {
  for (const name of ['General', 'Sales']) addDepartment(state, name, false);
  for (const username of ['deska', 'deskb', 'deskc', 'panel']) {
    addStaff(state, { username, fullname: username, email: `${username}@desk.example`, password: 'x' });
  }
  state.tokens.push({ token: TOKEN, permissions: 'all', ipAddress: '', isActive: true });
  for (const name of ['Ann', 'Bob']) addUser(state, name, `${name.toLowerCase()}@mail.example`);
  const tickets = random.int(1, 5);
  for (let number = 1; number <= tickets; number++) {
    addOpened(state, random, `Ticket ${number}`, `Question ${number}`);
  }
}

function addOpened(state: FakeHelpdeskz['state'], random: Random, subject: string, message: string): void {
  const now = Math.floor(START / 1000) - random.int(0, 100_000);
  const ticket = addTicketRow(state, {
    userId: random.int(1, 2),
    departmentId: random.int(1, 2),
    subject,
    date: now,
    lastUpdate: now,
    status: random.int(1, 5),
    replies: 0,
  });
  addMessageRow(state, { ticketId: ticket.id, date: now, customer: true, staffId: 0, message });
}

/** What happens on the server without us: customers write, colleagues use the panel, an administrator deletes. */
export async function actElsewhere({ time, random, server, text }: World): Promise<void> {
  const { state } = server;
  const tickets = [...state.tickets.values()];
  const [first, ...rest] = tickets;
  const what = random.int(0, 9);
  if (!first || what === 0) {
    addOpened(state, random, text('Subject'), text('Customer'));
    return;
  }
  const ticket = random.pick([first, ...rest]);
  if (what <= 4) {
    const now = Math.floor(time.now() / 1000);
    const isStaff = what === 4;
    const reply = { now, isStaff, staffId: isStaff ? 4 : 0, message: text(isStaff ? 'Panel' : 'Customer') };
    for (const _ of appendReply(state, ticket, reply)) await time.sleep(random.int(0, 30));
  } else if (what <= 7) {
    ticket.status = random.int(1, 5);
    state.version += 1;
  } else if (what === 8) {
    ticket.departmentId = random.int(1, 2);
    state.version += 1;
  } else if (random.chance(0.3)) removeTicket(state, ticket.id);
}
