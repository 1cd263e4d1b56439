import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildCli, interruptCli, runCli, type Served, serve, setUp } from '../support/cli.ts';
import { temporaryFolders } from '../support/temporaryFolder.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
beforeAll(buildCli);

const schemas = path.resolve(import.meta.dirname, '..', 'fixtures', 'schemas');

const mail = (id: string, subject: string) =>
  `From: Jo <jo@mail.example>\r\nTo: desk@desk.example\r\nMessage-ID: <${id}@mail.example>\r\nDate: Mon, 5 Jan 2026 09:00:00 +0000\r\nSubject: ${subject}\r\n\r\nHello\r\n`;

describe.each(['without a running app', 'beside a running app'])('a command %s', (mode) => {
  const temporaryFolder = temporaryFolders();
  let data = '';
  let app: Served | undefined;
  beforeEach(async () => {
    data = path.join(temporaryFolder(), 'desk');
    app = mode === 'beside a running app' ? await serve(data) : undefined;
  });
  afterEach(async () => {
    await app?.end('SIGKILL');
  });

  it('sets a desk up, and refuses to do it twice until a person unlocks it', async () => {
    expect(await setUp(data)).toMatchObject({
      code: 0,
      stderr: '',
      stdout: 'Test desk is set up. Sign in as ada.\n',
    });

    const again = await setUp(data, ['--admin-username', 'eve', '--site', 'Other']);
    expect(again).toMatchObject({ code: 1, stdout: '' });
    expect(again.stderr).toMatch(/^already_installed: .*allow-setup.*\n$/);
    const unlock = path.join(data, 'allow-setup');
    expect(again.stderr).toContain(unlock);

    writeFileSync(unlock, '');
    expect(await setUp(data, ['--admin-username', 'Ada'])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^username_taken: /) as string,
    });
    expect(
      await setUp(data, ['--admin-username', 'eve', '--admin-email', 'eve@desk.example', '--site', 'Other']),
    ).toMatchObject({ code: 0 });
    expect(await setUp(data, ['--admin-username', 'mallory'])).toMatchObject({ code: 1 });
  });

  it('makes a token, prints it alone, and lists it without its text', async () => {
    await setUp(data);
    const made = await runCli([
      'token',
      'create',
      '--data',
      data,
      '--name',
      'Shop',
      '--permissions',
      'all',
      '--ip',
      '127.0.0.1,10.0.0.*',
    ]);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(made.stdout).toMatch(/^[A-Za-z0-9]{60}\n$/);
    const token = made.stdout.trim();
    const listed = await runCli(['token', 'list', '--data', data]);
    expect(JSON.parse(listed.stdout)).toMatchObject([{ name: 'Shop', ipList: ['127.0.0.1', '10.0.0.*'] }]);
    expect(listed.stdout).not.toContain(token);

    app ??= await serve(data);
    const response = await fetch(`${app.url}/api/tickets`, { headers: { Token: token } });
    expect([response.status, await response.json()]).toMatchObject([200, { total_tickets: 0 }]);
    for (const file of ['logs/core.log', 'run.json'])
      expect(readFileSync(path.join(data, file), 'utf8')).not.toContain(token);
  });

  it('makes a token that expires and is bound to one account', async () => {
    await setUp(data);
    const create = (...more: string[]) =>
      runCli(['token', 'create', '--data', data, '--name', 'Shop', '--permissions', 'tickets.read', ...more]);
    expect(await create('--expires', '2099-01-01', '--staff', 'ADA')).toMatchObject({ code: 0, stderr: '' });
    expect(await create()).toMatchObject({ code: 0 });
    const listed = await runCli(['token', 'list', '--data', data]);
    expect(JSON.parse(listed.stdout)).toMatchObject([
      { state: 'expires', expiresAt: expect.any(Number) as number, boundTo: { isActive: true } },
      { state: 'active', expiresAt: null, boundTo: null },
    ]);

    expect((await create('--expires', 'soon')).stderr).toContain('«soon» is no day');
    expect((await create('--expires', '2020-01-01')).stderr).toMatch(
      /^invalid_input: This day has begun already/,
    );
    expect((await create('--staff', 'ghost')).stderr).toMatch(/^staff_not_found: /);
  });

  it('imports mail; a broken file does not stop it', async () => {
    await setUp(data);
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'one.eml'), mail('one', 'First'));
    writeFileSync(path.join(folder, 'two.eml'), mail('two', 'Second'));
    const missing = path.join(folder, 'missing.eml');
    const imported = await runCli(['import', '--data', data, path.join(folder), missing]);
    expect(imported).toMatchObject({ code: 0 });
    expect(imported.stdout).toMatch(
      /^2 new tickets, 0 replies, 0 known already, 0 set aside, 1 failed\nfailed: .*missing\.eml/,
    );
    const again = await runCli(['import', '--data', data, '--json', folder]);
    expect(JSON.parse(again.stdout)).toMatchObject({ newTickets: 0, duplicates: 2, failed: 0 });
  });

  it('stops an import on Ctrl+C and keeps what is done; the next one goes on', async () => {
    await setUp(data);
    const box = path.join(temporaryFolder(), 'many.mbox');
    const numbers = Array.from({ length: 300 }, (_, number) => number);
    writeFileSync(
      box,
      numbers.map((number) => `From jo\r\n${mail(`m${number}`, `Subject ${number}`)}\r\n`).join(''),
    );
    const stopped = await interruptCli(['import', '--data', data, box]);
    expect(stopped.code).toBe(130);
    const rest = await runCli(['import', '--data', data, '--json', box]);
    expect(rest.code).toBe(0);
    const { newTickets, duplicates, failed } = JSON.parse(rest.stdout) as Record<string, number>;
    expect([(newTickets ?? 0) + (duplicates ?? 0), failed]).toEqual([300, 0]);
    expect(duplicates).toBeGreaterThan(0);
    expect(newTickets).toBeGreaterThan(0);
  });

  it('needs a desk that is set up', async () => {
    const refused = await runCli(['token', 'create', '--data', data, '--name', 'x', '--permissions', 'all']);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^not_installed: /);
  });

  it('makes a demo desk of an empty folder, and spares a desk with tickets', async () => {
    const filled = await runCli(['demo', '--data', data, '--tickets', '30']);
    expect(filled.code).toBe(0);
    expect(filled.stdout).toMatch(/^30 tickets, .*\nSign in as demo with the password [A-Za-z0-9]{12}\n$/);
    const refused = await runCli(['demo', '--data', data, '--tickets', '30']);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^desk_not_empty: .*--force/);
    expect(await runCli(['demo', '--data', data, '--tickets', '5', '--force'])).toMatchObject({ code: 0 });
  });

  it('copies the database while it is in use', async () => {
    await setUp(data);
    const copy = path.join(temporaryFolder(), 'copy.db');
    expect(await runCli(['backup', '--data', data, '--to', copy])).toMatchObject({
      code: 0,
      stdout: `${copy}\n`,
    });
    const db = new Database(copy, { readonly: true });
    expect(db.prepare('SELECT username FROM staff').pluck().all()).toEqual(['ada']);
    db.close();
    const nowhere = path.join(copy, 'below', 'a.db');
    expect((await runCli(['backup', '--data', data, '--to', nowhere])).stderr).toMatch(
      /^folder_not_writable: /,
    );
  });

  it('tells the state, the checks, and that there is nothing to upgrade', async () => {
    const status = await runCli(['status', '--data', data]);
    expect(JSON.parse(status.stdout)).toMatchObject({
      status: { state: 'needs_setup' },
      baseUrl: app?.url ?? null,
    });
    expect(await runCli(['upgrade', '--data', data])).toMatchObject({
      code: 0,
      stdout: 'Nothing to upgrade.\n',
    });
    const doctor = await runCli(['doctor', '--data', data, '--json']);
    expect(doctor.code).toBe(0);
    const checks = JSON.parse(doctor.stdout) as { id: string; status: string }[];
    expect(checks.map(({ id }) => id)).toEqual(['folder', 'disk', 'port', 'keychain', 'search', 'location']);
    expect(checks.find(({ id }) => id === 'search')?.status).toBe('ok');
  });
});

describe('upgrade', () => {
  const temporaryFolder = temporaryFolders();
  const oldDesk = (): string => {
    const data = temporaryFolder();
    copyFileSync(path.join(schemas, '0001.db'), path.join(data, 'desk.db'));
    return data;
  };

  it('brings an older desk up to date without a running app', async () => {
    const data = oldDesk();
    const refused = await runCli(['token', 'list', '--data', data]);
    expect(refused.stderr).toMatch(/^upgrade_needed: /);
    const upgraded = await runCli(['upgrade', '--data', data]);
    expect(upgraded.code).toBe(0);
    expect(upgraded.stdout).toMatch(/^Upgraded\. Backup: .*desk-schema-1-.*\.db\n$/);
    expect(upgraded.stderr).toMatch(/^backup 0\/\d+\n/);
    expect(JSON.parse((await runCli(['token', 'list', '--data', data])).stdout)).toMatchObject([
      { name: 'Shop' },
    ]);
  });

  it('brings an older desk up to date beside the app that shows its upgrade screen', async () => {
    const data = oldDesk();
    const app = await serve(data);
    try {
      expect(app.stderr()).toContain('needs an upgrade');
      expect((await runCli(['upgrade', '--data', data])).stdout).toMatch(/^Upgraded\./);
      const status = (await (await fetch(`${app.url}/trpc/system.status`)).json()) as unknown;
      expect(status).toMatchObject({ result: { data: { state: 'ready', siteName: 'Old desk' } } });
    } finally {
      await app.end('SIGKILL');
    }
  });
});

describe('the command line', () => {
  it.each([
    [['sreve'], /^invalid_input: unknown command 'sreve'\n\(Did you mean serve\?\)/],
    [
      ['serve', '--data', 'x', '--prot', '1'],
      /^invalid_input: unknown option '--prot'\n\(Did you mean --port\?\)/,
    ],
    [['serve', '--data', 'x', '--port', 'http'], /^invalid_input: .*A port is a number/],
    [
      ['token', 'create', '--data', 'x', '--name', 'n', '--permissions', 'tickets.raed'],
      /There is no permission «tickets\.raed»/,
    ],
    [['import', '--data', 'x'], /missing required argument/],
    [['status'], /required option '--data <dir>' not specified/],
    [['status', '--data', ''], /^invalid_input: .*Name a folder/],
  ])('%j is refused with what to do', async (args, message) => {
    const ran = await runCli(args, { env: { STAFFDESK_DATA: undefined } });
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toMatch(message);
  });

  it('refuses a short password and a wrong address before it touches anything', async () => {
    const args = [
      'setup',
      '--data',
      '/nonexistent/desk',
      '--site',
      'x',
      '--admin-username',
      'a',
      '--admin-name',
      'A',
      '--admin-password-stdin',
    ];
    const short = await runCli([...args, '--admin-email', 'a@b.example'], { stdin: 'short\n' });
    expect(short.stderr).toMatch(/^password_too_short: /);
    const wrong = await runCli([...args, '--admin-email', 'nobody'], { stdin: 'long enough\n' });
    expect(wrong.stderr).toMatch(/^invalid_input: --admin-email/);
  });

  it('answers --version and --help on stdout', async () => {
    expect((await runCli(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const help = await runCli(['--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    for (const name of ['serve', 'setup', 'doctor', 'token', 'import', 'demo', 'upgrade', 'backup'])
      expect(help.stdout).toContain(`  ${name} `);
  });
});
