import { describe, expect, it } from 'vitest';
import { fillDemo } from '../../electron/core/services/demoDesk.ts';
import { createJobs } from '../../electron/core/services/jobs.ts';
import { importMail } from '../../electron/core/services/mailIntake.ts';
import { restoreTickets } from '../../electron/core/services/restoreTickets.ts';
import { createTicketAsStaff } from '../../electron/core/services/staffActions.ts';
import { trashTickets } from '../../electron/core/services/ticketChanges.ts';
import { createTicketInput } from '../../shared/contract/tickets.ts';
import type { CustomerId } from '../../shared/model/ids.ts';
import { eachMirror } from '../support/mirror.ts';

const ANN = 1 as CustomerId;

const { desk, mirror } = eachMirror();

describe('a mirror of a server', () => {
  it('does not open a ticket there that lies in the trash here', async () => {
    const { deps, ada, server } = desk;
    const before = server.state.tickets.size;
    const input = createTicketInput.parse({
      customer: { id: ANN },
      departmentId: 1,
      subject: 'A mistake',
      bodyHtml: '<p>A mistake</p>',
    });
    const created = createTicketAsStaff(deps, ada, input);
    if (!created.ok) throw new Error(created.error.code);
    await trashTickets(deps, ada, [created.value.ticketId]);
    await mirror.sync();
    expect(server.state.tickets.size).toBe(before);
    await restoreTickets(deps, ada, [created.value.ticketId]);
    await mirror.sync();
    expect(server.state.tickets.size).toBe(before + 1);
  });

  it('sends nothing that nobody wrote', async () => {
    const raw = Buffer.from('From: eve@mail.example\r\nSubject: Old\r\n\r\nOld');
    expect(await importMail(desk.deps, { raw, source: 'old.eml' })).toMatchObject({ ok: true });
    expect(desk.deps.store.outbox.all()).toEqual([]);
  });
});

describe('a demo', () => {
  it('has no place beside the server’s tickets', async () => {
    const jobs = createJobs(desk.deps);
    const wish = { tickets: 5, seed: 1, isDeskInUse: false };
    const services = { deps: desk.deps, jobs };
    expect(await fillDemo(services, wish)).toMatchObject({ ok: false, error: { code: 'belongs_to_server' } });
    await jobs.close();
    expect(desk.server.state.tickets.size).toBe(3);
  });
});
