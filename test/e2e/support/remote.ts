import { expect, type Locator, type Page } from '@playwright/test';
import { createFakeHelpdeskz, type FakeHelpdeskz } from '../../fakes/helpdeskz/fakeHelpdeskz.ts';
import { appendReply } from '../../fakes/helpdeskz/messages.ts';
import { serveHelpdeskz } from '../../fakes/helpdeskz/serve.ts';
import type { Ticket } from '../../fakes/helpdeskz/state.ts';
import { fillHelpdeskz, REMOTE_PASSWORD, REMOTE_TOKEN } from '../../support/remoteDesk.ts';
import { cli, Desk, signIn } from './desk.ts';

/** A HelpDeskZ on a real socket that can go away, be slow and be listened to, and a desk that mirrors it. */
export class Mirror {
  readonly desk = new Desk();
  readonly server: FakeHelpdeskz = createFakeHelpdeskz({ now: Date.now });
  /** Every path that was asked for. */
  readonly asked: string[] = [];
  /** How long the server takes over a conversation. */
  threadMs = 0;
  /** What it waits for before it takes more than five megabytes of a request. */
  uploadGate: Promise<void> | undefined;
  #served: Awaited<ReturnType<typeof serveHelpdeskz>> | null = null;
  #port = 0;

  constructor() {
    fillHelpdeskz(this.server);
  }

  async goOnline(): Promise<void> {
    const delay = (path: string) => {
      // What was asked is known even while there is no answer.
      this.asked.push(path);
      return /\/messages\/show\/[1-9]/.test(path) ? this.threadMs : 0;
    };
    const taken = (bytes: number) => (bytes > 5 * 1024 * 1024 ? this.uploadGate : undefined);
    this.#served = await serveHelpdeskz(this.server, this.#port, delay, taken);
    this.#port = this.#served.port;
  }

  async goOffline(): Promise<void> {
    await this.#served?.close();
    this.#served = null;
  }

  /** Connected by the command line; the first sync begins with the desk. */
  async connect(...options: string[]): Promise<void> {
    const args = ['remote', 'connect', '--data', this.desk.dataDir, '--url', this.#served?.url ?? ''];
    const input = `${REMOTE_TOKEN}\n${REMOTE_PASSWORD}\n`;
    const done = await cli(
      [...args, '--staff', 'ada', '--token-stdin', '--password-stdin', ...options],
      input,
    );
    expect(done, done.stderr).toMatchObject({ code: 0 });
  }

  signIn(page: Page): Promise<void> {
    return signIn(page, this.desk, { username: 'ada', password: REMOTE_PASSWORD });
  }

  /** Online, connected, and Ada signed in with everything synced. */
  async open(page: Page): Promise<void> {
    await this.goOnline();
    await this.connect();
    await this.desk.serve();
    await this.signIn(page);
    await expect(row(page, 'Printer 1')).toBeVisible();
    await expect(statusBar(page)).toContainText('Synced just now');
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

  /** The conversations that were asked for, in order. */
  threads(): string[] {
    return this.asked.filter((path) => /\/messages\/show\/[1-9]/.test(path));
  }

  async remove(): Promise<void> {
    await this.desk.remove();
    await this.goOffline();
  }
}

export const statusBar = (page: Page): Locator => page.getByRole('contentinfo');
export const row = (page: Page, subject: string): Locator =>
  page.getByRole('option').filter({ hasText: subject });
