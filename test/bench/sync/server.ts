import { createRandom } from '../../../electron/core/services/demo/random.ts';
import { createFakeHelpdeskz } from '../../fakes/helpdeskz/fakeHelpdeskz.ts';
import { serveHelpdeskz } from '../../fakes/helpdeskz/serve.ts';
import {
  addDepartment,
  addMessageRow,
  addStaff,
  addTicketRow,
  addUser,
  type State,
} from '../../fakes/helpdeskz/state.ts';
import { ATTACHMENTS, CUSTOMERS, MESSAGES_PER_TICKET, type ServerOrder, TICKETS } from './shape.ts';

// The stand-in of a HelpDeskZ, in a process of its own. Its parent says how it is to behave.

const HOT_PERCENT = 5;
const WORDS = ['printer', 'invoice', 'password', 'delivery', 'screen', 'update', 'account', 'order'] as const;

function fill(state: State): void {
  const random = createRandom(11);
  const now = Math.floor(Date.now() / 1000);
  const text = (count: number): string => Array.from({ length: count }, () => random.pick(WORDS)).join(' ');
  for (const name of ['General', 'Sales', 'Support']) addDepartment(state, name, false);
  addStaff(state, {
    username: 'ada',
    fullname: 'Ada',
    email: 'ada@desk.example',
    password: 'bench-password',
  });
  state.tokens.push({ token: 'bench'.padEnd(60, 'x'), permissions: 'all', ipAddress: '', isActive: true });
  for (let number = 1; number <= CUSTOMERS; number++) {
    addUser(state, `Customer ${number}`, `customer${number}@mail.example`);
  }
  for (let number = 1; number <= TICKETS; number++) {
    const date = now - (TICKETS - number) * 600;
    const isHot = random.int(0, 99) < HOT_PERCENT;
    const ticket = addTicketRow(state, {
      userId: random.int(1, CUSTOMERS),
      departmentId: random.int(1, 3),
      subject: text(5),
      ...{ date, lastUpdate: date },
      status: isHot ? random.int(1, 4) : 5,
      replies: MESSAGES_PER_TICKET - 1,
    });
    for (let message = 0; message < MESSAGES_PER_TICKET; message++) {
      const customer = message % 2 === 0;
      const body = `<p>${text(30)}</p><p>${text(20)}</p>`;
      addMessageRow(state, { ticketId: ticket.id, date, customer, staffId: customer ? 0 : 1, message: body });
    }
  }
  for (let id = 1; id <= ATTACHMENTS; id++) {
    const messageId = id * Math.floor((TICKETS * MESSAGES_PER_TICKET) / ATTACHMENTS);
    state.attachments.set(id, {
      ...{ id, messageId, ticketId: Math.ceil(messageId / MESSAGES_PER_TICKET), name: `bill ${id}.png` },
      ...{ filetype: 'image/png', content: Buffer.alloc(1000), isFileGone: false },
    });
  }
  state.nextId.attachment = ATTACHMENTS + 1;
}

const fake = createFakeHelpdeskz({ now: Date.now, settings: { listOrder: 'departments' } });
fill(fake.state);
let latencyMs = 0;
const served = await serveHelpdeskz(fake, 0, () => latencyMs);
process.on('message', (order: ServerOrder) => {
  latencyMs = order.latencyMs;
  fake.state.settings.ticketsPage = order.ticketsPage;
  process.send?.('done');
});
process.on('disconnect', () => process.exit());
process.send?.(served.url);
