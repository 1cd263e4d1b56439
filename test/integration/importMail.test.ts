import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ImportOptions, runImport } from '../../electron/core/services/importJob.ts';
import { importMail } from '../../electron/core/services/mailIntake.ts';
import { replyAsStaff } from '../../electron/core/services/staffActions.ts';
import { ticketDetail } from '../../electron/core/services/ticketReader.ts';
import type { ImportItem, ImportSummary } from '../../shared/contract/system.ts';
import { replyInput } from '../../shared/contract/tickets.ts';
import type { TicketId } from '../../shared/model/ids.ts';
import { openTestDesk, type TestDesk } from '../support/testDesk.ts';

const corpus = join(import.meta.dirname, '../fixtures/mail');
let desk: TestDesk;
let inbox: string;
beforeEach(() => {
  desk = openTestDesk();
  inbox = join(desk.folder, 'inbox');
  mkdirSync(inbox);
});
afterEach(() => desk.close());

async function run(paths: string[], extra: Partial<ImportOptions> = {}): Promise<ImportSummary> {
  const result = await runImport(desk.deps, { paths, ...extra });
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}
const counts = ({ newTickets, replies, duplicates, suspended, failed }: ImportSummary) => [
  newTickets,
  replies,
  duplicates,
  suspended,
  failed,
];
const fixture = (name: string) => join(corpus, name);

async function take(text: string | Buffer): Promise<ImportItem> {
  const raw = typeof text === 'string' ? Buffer.from(text) : text;
  const result = await importMail(desk.deps, { raw, source: 'test.eml' });
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}
/** A small mail; heads replace the usual ones. */
function mail(id: string, heads: Record<string, string> = {}, body = `words of ${id}`): string {
  const all = {
    From: 'Ann <ann@customer.test>',
    Subject: 'Printer',
    Date: 'Tue, 4 Mar 2025 10:00:00 +0000',
    'Message-ID': `<${id}@customer.test>`,
    ...heads,
  };
  return `${Object.entries(all)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n${body}\r\n`;
}
function detail(id: number | null) {
  const found = ticketDetail(desk.deps, desk.admin, id as TicketId, null);
  if (!found.ok) throw new Error(found.error.code);
  return found.value;
}
const suspendedRows = () =>
  desk.deps.store.db
    .prepare<[], { cause: string; reason: string; raw_sha256: string }>(
      'SELECT * FROM suspended_messages ORDER BY id',
    )
    .all();

describe('importing a thread', () => {
  it('makes a ticket and puts the answers into it, in the order of the mails', async () => {
    const summary = await run([
      fixture('F1-reply.eml'),
      fixture('F1-root.eml'),
      fixture('F8-other-subject.eml'),
      fixture('F2-odd-ids.eml'),
    ]);
    expect(counts(summary)).toEqual([1, 3, 0, 0, 0]);
    const ids = new Set(summary.items.map(({ ticketId }) => ticketId));
    expect(ids.size).toBe(1);
    const { ticket, messages } = detail([...ids][0] ?? 0);
    expect(ticket).toMatchObject({
      subject: 'Printer on fire',
      status: 1,
      messageCount: 4,
      customerName: 'Ann Customer',
      customerEmail: 'ann@customer.test',
    });
    expect(messages.map(({ createdAt }) => createdAt)).toEqual(
      [...messages.map(({ createdAt }) => createdAt)].sort((a, b) => a - b),
    );
    expect(messages[0]).toMatchObject({ createdAt: Date.UTC(2025, 2, 4, 9), author: 'customer' });
  });

  it('an automatic answer read together with its root keeps its files', async () => {
    const root = mail('one');
    const away = mail(
      'two',
      {
        'Auto-Submitted': 'auto-replied',
        References: '<one@customer.test>',
        'Content-Type': 'multipart/mixed; boundary=b',
      },
      '--b\r\n\r\naway\r\n--b\r\nContent-Disposition: attachment; filename=plan.txt\r\n\r\nthe plan\r\n--b--',
    );
    const box = [root, away].map((text) => `From a@x.test Tue Mar  4 10:00:00 2025\r\n${text}\r\n`).join('');
    writeFileSync(join(inbox, 'both.mbox'), box);
    const summary = await run([inbox]);
    expect(counts(summary)).toEqual([1, 1, 0, 0, 0]);
    const { messages } = detail(summary.items[0]?.ticketId ?? 0);
    expect(messages[1]?.attachments.map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual([
      ['plan.txt', 8],
    ]);
  });

  it('a suspended mail stays with the person who decides about it, also when its thread is here later', async () => {
    const away = mail('two', { 'Auto-Submitted': 'auto-replied', References: '<one@customer.test>' });
    expect((await take(away)).outcome).toBe('suspended');
    await take(mail('one'));
    expect((await take(away)).outcome).toBe('duplicate');
  });

  it('a second run finds only duplicates and leaves nothing behind', async () => {
    const paths = [
      fixture('F1-root.eml'),
      fixture('F1-reply.eml'),
      fixture('F13-no-id.eml'),
      fixture('F14-same-id.eml'),
      fixture('A7-none.eml'),
    ];
    const first = await run(paths);
    expect(counts(first)).toEqual([3, 1, 0, 1, 0]);
    const before = desk.deps.store.db
      .prepare('SELECT (SELECT count(*) FROM messages), (SELECT count(*) FROM operations)')
      .raw()
      .get();
    expect(counts(await run(paths))).toEqual([0, 0, 5, 0, 0]);
    expect(
      desk.deps.store.db
        .prepare('SELECT (SELECT count(*) FROM messages), (SELECT count(*) FROM operations)')
        .raw()
        .get(),
    ).toEqual(before);
  });

  it('F4: an answer that came before what it answers takes it in', async () => {
    const answer = await take(mail('two', { References: '<one@customer.test>' }));
    const root = await take(mail('one', { Date: 'Mon, 3 Mar 2025 10:00:00 +0000' }));
    expect(root).toMatchObject({ outcome: 'reply', ticketId: answer.ticketId });
    expect(detail(answer.ticketId).messages.map(({ bodyHtml }) => bodyHtml.trim())).toEqual([
      '<p>words of one</p>',
      '<p>words of two</p>',
    ]);
  });

  it('F12: the same mail by another way is one; its second raw copy is not kept', async () => {
    const { ticketId } = await take(mail('one'));
    const copy = await take(`Delivered-To: other@helpdesk.test\r\n${mail('one')}`);
    expect(copy).toMatchObject({ outcome: 'duplicate', ticketId });
    const folder = join(desk.folder, 'attachments');
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files).toHaveLength(1);
  });

  it('F1: [#N] in the subject counts for the customer of that ticket only', async () => {
    const { ticketId } = await take(mail('one'));
    const own = await take(mail('two', { Subject: `Re: Printer [#${ticketId}]` }));
    const stranger = await take(
      mail('three', { Subject: `Re: Printer [#${ticketId}]`, From: 'eve@elsewhere.test' }),
    );
    expect(own).toMatchObject({ outcome: 'reply', ticketId });
    expect(stranger.outcome).toBe('new_ticket');
    expect(stranger.reason).toContain('not the customer');
  });

  it('a colleague of ours in the thread is staff, anyone else a named participant', async () => {
    const { ticketId } = await take(mail('one'));
    await take(
      mail('two', {
        From: 'Sam <SAM@desk.example>',
        References: '<one@customer.test>',
        Date: 'Tue, 4 Mar 2025 11:00:00 +0000',
      }),
    );
    await take(
      mail('three', {
        From: 'Bea <bea@customer.test>',
        References: '<one@customer.test>',
        Date: 'Tue, 4 Mar 2025 12:00:00 +0000',
      }),
    );
    const { messages, ticket } = detail(ticketId);
    expect(messages.map(({ author, authorName }) => [author, authorName])).toEqual([
      ['customer', 'Ann'],
      ['staff', 'sam'],
      ['customer', 'Bea'],
    ]);
    expect(ticket.status).toBe(3);
  });

  it('D1: an automatic answer joins the ticket and never moves its status', async () => {
    const { ticketId } = await take(mail('one'));
    const sent = replyAsStaff(
      desk.deps,
      desk.admin,
      replyInput.parse({ ticketId, bodyHtml: '<p>Fixed</p>', close: true }),
    );
    expect(sent.ok).toBe(true);
    const away = await take(
      mail('two', { 'Auto-Submitted': 'auto-replied', References: '<one@customer.test>' }),
    );
    expect(away.outcome).toBe('reply');
    expect(detail(ticketId).ticket.status).toBe(5);
    await take(mail('three', { References: '<one@customer.test>' }));
    expect(detail(ticketId).ticket.status).toBe(3);
  });

  it('F7: an answer to a deleted ticket opens a new one', async () => {
    const { ticketId } = await take(mail('one'));
    desk.deps.store.db.prepare('UPDATE tickets SET deleted_at = 1 WHERE id = ?').run(ticketId);
    const answer = await take(mail('two', { References: '<one@customer.test>' }));
    expect(answer.outcome).toBe('new_ticket');
  });

  it('A16: a date in the future becomes now, a missing one too', async () => {
    for (const date of ['Fri, 4 Mar 2125 10:00:00 +0000', 'nonsense']) {
      const { ticketId } = await take(mail(`at ${date.length}`, { Date: date }));
      expect(detail(ticketId).messages[0]?.createdAt).toBe(desk.clock.now());
    }
  });

  it('A11, A12: one customer however the address is written, also with letters that forms refuse', async () => {
    await take(mail('one', { From: 'Ann@BÜCHER.test' }));
    await take(mail('two', { From: 'ann@xn--bcher-kva.test' }));
    await take(mail('three', { From: 'ünal@customer.test' }));
    const emails = desk.deps.store.db
      .prepare<[], string>("SELECT email FROM customers WHERE email LIKE '%.test' ORDER BY id")
      .pluck()
      .all();
    expect(emails).toEqual(['Ann@xn--bcher-kva.test', 'ünal@customer.test']);
  });

  it('tells the windows of the tickets, but raises no notification for old mail', async () => {
    await take(mail('one'));
    expect(desk.events).toContain('tickets_changed');
    expect(desk.events).not.toContain('customer_message');
  });
});

describe('bodies and files', () => {
  it('B6, B7: a picture in the text points to its stored file, the others are attachments', async () => {
    const { items } = await run([fixture('B7-cid-no-disposition.eml')]);
    const [message] = detail(items[0]?.ticketId ?? 0).messages;
    const inline = message?.attachments.find(({ name }) => name === 'used.png');
    expect(message?.bodyHtml).toContain(`<img src="/files/attachments/${inline?.id}" alt="" />`);
    expect(message?.attachments.map(({ name, isInline }) => [name, isInline])).toEqual([
      ['used.png', true],
      ['unused.png', false],
      ['doc.pdf', false],
    ]);
  });

  it('B8: pictures written into the HTML are files, remote ones stay for the viewer to ask about', async () => {
    const { items } = await run([fixture('B8-data-uri.eml')]);
    const [message] = detail(items[0]?.ticketId ?? 0).messages;
    expect(message?.bodyHtml).toMatch(
      /<img src="\/files\/attachments\/\d+" alt="dot" \/><img src="https:\/\/t\.test\/pixel\.gif\?u=1"/,
    );
  });

  it.each([
    ['B21-empty.eml', '<p>(no text)</p>'],
    ['B21-attachment-only.eml', '<p>(no text)</p>'],
    ['B15-smime.eml', '<p>(encrypted message: it is in the attachments)</p>'],
    ['B22-hostile.eml', '<p>hi<a>l</a></p>'],
    [
      'B20-flowed.eml',
      '<p>This is one paragraph.</p>\n<blockquote><p>quoted flowing</p>\n</blockquote><p>--<br />\nAnn</p>\n',
    ],
    ['B16-inline-pgp.eml', expect.stringMatching(/^<pre>-----BEGIN PGP SIGNED MESSAGE-----\nHash/)],
  ])('%s', async (name, bodyHtml) => {
    const { items } = await run([fixture(name)]);
    expect(detail(items[0]?.ticketId ?? 0).messages[0]?.bodyHtml).toEqual(bodyHtml);
  });

  it('A17: no subject, and one that is too long', async () => {
    const { items } = await run([fixture('A17-empty.eml'), fixture('A17-long.eml')]);
    // Both have the same Message-ID and other content (F14).
    const subjects = items.map(({ ticketId }) => detail(ticketId).ticket.subject);
    expect(subjects[0]).toBe('(no subject)');
    expect(subjects[1]?.length).toBeLessThanOrEqual(255);
  });

  it('B24: a body too large for the thread is cut there and whole beside it', async () => {
    const { ticketId } = await take(mail('huge', {}, `start ${'word '.repeat(1_800_000)}end`));
    const [message] = detail(ticketId).messages;
    expect(message?.bodyHtml.length).toBeLessThan(600_000);
    expect(message?.attachments[0]).toMatchObject({ name: 'whole-message.html' });
    expect(message?.attachments[0]?.sizeBytes).toBeGreaterThan(8_000_000);
  });

  it('the mail itself is kept, byte for byte', async () => {
    const raw = readFileSync(fixture('A14-latin1-headers.eml'));
    await take(raw);
    const sha256 =
      desk.deps.store.db.prepare<[], string>('SELECT raw_sha256 FROM messages').pluck().get() ?? '';
    const chunks: Buffer[] = [];
    for await (const chunk of desk.deps.files.read(sha256)) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks)).toEqual(raw);
  });
});

describe('mail that makes no ticket', () => {
  it.each([
    ['A5-empty.eml', 'no_sender'],
    ['A7-none.eml', 'no_sender'],
    ['A3-header-huge.eml', 'header_too_large'],
    ['E1-dsn.eml', 'delivery_failure'],
    ['E3-failed-recipients.eml', 'delivery_failure'],
    ['E6-feedback.eml', 'auto_reply'],
    ['D15-mdn.eml', 'auto_reply'],
    ['D1-auto-replied.eml', 'auto_reply'],
    ['D9-out-of-office.eml', 'out_of_office'],
  ])('%s is suspended as %s, with its bytes and reasons', async (name, cause) => {
    const { items } = await run([fixture(name)]);
    expect(items[0]).toMatchObject({
      outcome: 'suspended',
      ticketId: null,
      reason: expect.stringContaining(cause),
    });
    const [row] = suspendedRows();
    expect(row?.cause).toBe(cause);
    expect(JSON.parse(row?.reason ?? '[]')).not.toHaveLength(0);
    expect(await desk.deps.files.has(row?.raw_sha256 ?? '')).toBe(true);
  });

  it('D3, D4, D8: notices and lists are work, so they become tickets', async () => {
    const names = ['D3-bulk.eml', 'D4-list.eml', 'D8-no-reply.eml'];
    expect(counts(await run(names.map(fixture)))).toEqual([3, 0, 0, 0, 0]);
  });
});

describe('folders, mbox files and trouble', () => {
  it('the whole corpus: every mail has its line, nothing fails, all raw bytes are kept, again gives duplicates', async () => {
    const mails = readdirSync(corpus).filter((name) => name.endsWith('.eml')).length + 2;
    const first = await run([corpus]);
    expect(first.failed).toBe(0);
    expect(counts(first).reduce((a, b) => a + b)).toBe(mails);
    const kept = desk.deps.store.db
      .prepare<[], string>('SELECT raw_sha256 FROM messages UNION SELECT raw_sha256 FROM suspended_messages')
      .pluck()
      .all();
    for (const sha256 of kept) expect(await desk.deps.files.has(sha256)).toBe(true);
    expect(counts(await run([corpus]))).toEqual([0, 0, mails, 0, 0]);
  }, 60_000);

  it('an mbox file, its mails numbered in the summary', async () => {
    const summary = await run([fixture('mailbox.mbox')]);
    expect(counts(summary)).toEqual([1, 1, 0, 0, 0]);
    expect(summary.items.map(({ source }) => source)).toEqual(['mailbox.mbox #1', 'mailbox.mbox #2']);
    const texts = detail(summary.items[0]?.ticketId ?? 0).messages.map(({ bodyHtml }) => bodyHtml);
    expect(texts[0]).toContain('From here on it is escaped');
    expect(texts[1]).toContain('From broken');
  });

  it('a Maildir, and only its mails', async () => {
    for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(inbox, part));
    writeFileSync(join(inbox, 'cur', '1741078800.M1P1.host:2,S'), mail('one'));
    writeFileSync(
      join(inbox, 'new', '1741078801.M2P1.host'),
      mail('two', { References: '<one@customer.test>' }),
    );
    writeFileSync(join(inbox, 'tmp', '1741078802.M3P1.host'), mail('three'));
    writeFileSync(join(inbox, 'dovecot.index'), 'not a mail');
    expect(counts(await run([inbox]))).toEqual([1, 1, 0, 0, 0]);
  });

  it('what is missing or empty has its line, the rest goes on', async () => {
    writeFileSync(join(inbox, 'empty.mbox'), '');
    const summary = await run([join(inbox, 'gone.eml'), join(inbox, 'empty.mbox'), fixture('F1-root.eml')]);
    expect(counts(summary)).toEqual([1, 0, 0, 0, 2]);
    expect(summary.items.slice(0, 2).map(({ reason }) => reason)).toEqual([
      'this file can’t be read (ENOENT)',
      'no mail in this file',
    ]);
  });

  it('progress is told in bytes and ends at the total', async () => {
    const told: [number, number][] = [];
    await run([fixture('mailbox.mbox'), fixture('F1-root.eml')], {
      onProgress: (done, total) => told.push([done, total]),
    });
    const [done, total] = told.at(-1) ?? [];
    expect(done).toBe(total);
    expect(told.map(([at]) => at)).toEqual([...told.map(([at]) => at)].sort((a, b) => a - b));
  });

  it('a cancelled run keeps what it did, and the next one goes on', async () => {
    const path = join(inbox, 'many.mbox');
    for (let number = 0; number < 30; number += 1)
      appendFileSync(
        path,
        `From a@x.test Tue Mar  4 10:00:00 2025\n${mail(`m${number}`).replaceAll('\r\n', '\n')}\n`,
      );
    const abort = new AbortController();
    const first = await run([path], {
      signal: abort.signal,
      onProgress: (done) => done > 2_000 && abort.abort(),
    });
    expect(first.wasCancelled).toBe(true);
    expect(first.newTickets).toBeGreaterThan(0);
    expect(first.newTickets).toBeLessThan(30);
    expect(counts(await run([path]))).toEqual([30 - first.newTickets, 0, first.newTickets, 0, 0]);
  });

  it('a desk without departments says so instead of failing every mail', async () => {
    desk.deps.store.db.prepare('UPDATE departments SET deleted_at = 1').run();
    expect(await runImport(desk.deps, { paths: [fixture('F1-root.eml'), corpus] })).toMatchObject({
      ok: false,
      error: { code: 'department_not_found' },
    });
  });

  it('mail goes to the department that was asked for', async () => {
    const { items } = await run([fixture('F1-root.eml')], { departmentId: desk.departments[2] });
    expect(detail(items[0]?.ticketId ?? 0).ticket.departmentId).toBe(desk.departments[2]);
  });

  it('R1: a mail too large to read is kept whole and suspended', async () => {
    cpSync(fixture('F1-root.eml'), join(inbox, 'large.eml'));
    appendFileSync(join(inbox, 'large.eml'), Buffer.alloc(101 * 1024 * 1024, 'x'));
    const { items } = await run([inbox]);
    expect(items[0]).toMatchObject({ outcome: 'suspended', reason: expect.stringContaining('too_large') });
    expect(await desk.deps.files.sizeOf(suspendedRows()[0]?.raw_sha256 ?? '')).toBeGreaterThan(
      101 * 1024 * 1024,
    );
  });
});
