import { expect, type Page } from '@playwright/test';
import { createFakeHelpdeskz, type FakeHelpdeskz } from '../../fakes/helpdeskz/fakeHelpdeskz.ts';
import { appendReply } from '../../fakes/helpdeskz/messages.ts';
import { serveHelpdeskz } from '../../fakes/helpdeskz/serve.ts';
import type { Ticket } from '../../fakes/helpdeskz/state.ts';
import { fillHelpdeskz, REMOTE_PASSWORD, REMOTE_TOKEN } from '../../support/remoteDesk.ts';
import { cli, Desk, signInAs } from './desk.ts';

/** A served desk that mirrors a HelpDeskZ beside it, connected from the command line. */
export class MirroredDesk {
  readonly server: FakeHelpdeskz = createFakeHelpdeskz({ now: Date.now });
  readonly desk = new Desk();
  #served: Awaited<ReturnType<typeof serveHelpdeskz>> | null = null;
  #port: number | undefined;

  /** Signs Ada in, with everything synced. `fill`: more that the server has from the start. */
  async open(page: Page, fill: (server: FakeHelpdeskz) => void = () => {}): Promise<void> {
    fillHelpdeskz(this.server);
    fill(this.server);
    await this.goOnline();
    const where = ['--data', this.desk.dataDir, '--url', this.#served?.url ?? '', '--staff', 'ada'];
    const done = await cli(
      ['remote', 'connect', ...where, '--token-stdin'],
      `${REMOTE_TOKEN}\n${REMOTE_PASSWORD}\n`,
    );
    expect(done, done.stderr).toMatchObject({ code: 0 });
    await this.desk.serve();
    await signInAs(page, this.desk, 'ada', REMOTE_PASSWORD);
    await expect(page.getByRole('option').filter({ hasText: 'Printer 1' })).toBeVisible();
    await expect(page.getByRole('contentinfo')).toContainText('Synced just now');
  }

  async goOffline(): Promise<void> {
    await this.#served?.close();
    this.#served = null;
  }

  async goOnline(): Promise<void> {
    this.#served = await serveHelpdeskz(this.server, this.#port);
    this.#port = this.#served.port;
  }

  ticket(id: number): Ticket {
    const ticket = this.server.state.tickets.get(id);
    if (!ticket) throw new Error(`no ticket ${id}`);
    return ticket;
  }

  /** What staff of this desk wrote there. */
  answers(id: number): string[] {
    const thread = this.server.state.messages.get(id) ?? [];
    return thread.filter(({ customer }) => !customer).map(({ message }) => message);
  }

  customerWrites(id: number, message: string): void {
    const now = Math.floor(Date.now() / 1000);
    const author = { now, isStaff: false, staffId: 0, message };
    for (const _ of appendReply(this.server.state, this.ticket(id), author)) void _;
  }

  async remove(): Promise<void> {
    await this.desk.remove();
    await this.goOffline();
  }
}
