import { createRandom, type Random } from '../../electron/core/services/demo/random.ts';
import { createFakeHelpdeskz, type FakeHelpdeskz } from '../fakes/helpdeskz/fakeHelpdeskz.ts';
import { addDepartment, addStaff, addUser } from '../fakes/helpdeskz/state.ts';
import { type Client, createClient, type Mutation } from './client.ts';
import { addOpened, moves, SCRIPT_TOKEN } from './elsewhere.ts';
import { createNetwork, type Network } from './network.ts';
import { createVirtualTime, type VirtualTime } from './virtualTime.ts';

const START = Date.UTC(2026, 0, 5, 9);
const DAY_MS = 86_400_000;
const DESKS = ['deska', 'deskb', 'deskc', 'deskd', 'deske'];
const tokenOf = (name: string): string => name.padEnd(60, 'x');

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
  const shift = (): void => {
    const [first, ...rest] = [...server.state.tickets.values()];
    if (first) moves(world, random.pick([first, ...rest]), random.pick(['status', 'departmentId']));
  };
  const network = createNetwork({ time, random, server, shift });
  const clients = DESKS.slice(0, random.pick([2, 2, 2, 2, 2, 2, 2, 3, 4, 5])).map((name, index) =>
    createClient({
      ...{ time, random, network, mutation, name },
      token: tokenOf(name),
      staffId: index + 1,
      skewMs: random.chance(0.3) ? random.int(-DAY_MS, DAY_MS) : 0,
    }),
  );
  let texts = 0;
  const world: World = {
    ...{ time, random, server, network, clients },
    text: (by) => `${by} says ${++texts}.`,
  };
  return world;
}

function fill(server: FakeHelpdeskz, random: Random): void {
  const { state } = server;
  for (const name of ['General', 'Sales']) addDepartment(state, name, false);
  for (const username of [...DESKS, 'panel']) {
    addStaff(state, { username, fullname: username, email: `${username}@desk.example`, password: 'x' });
  }
  for (const token of [SCRIPT_TOKEN, ...DESKS.map(tokenOf)])
    state.tokens.push({ token, permissions: 'all', ipAddress: '', isActive: true });
  for (const name of ['Ann', 'Bob']) addUser(state, name, `${name.toLowerCase()}@mail.example`);
  const tickets = random.int(1, 5);
  for (let number = 1; number <= tickets; number++) {
    addOpened(server, random, START, `Ticket ${number}`, `Question ${number}`);
  }
}
