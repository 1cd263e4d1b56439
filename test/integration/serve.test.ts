import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildCli, PASSWORD, runCli, type Served, serve, setUp } from '../support/cli.ts';
import { temporaryFolders } from '../support/temporaryFolder.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
beforeAll(buildCli);

const tls = path.resolve(import.meta.dirname, '..', 'fixtures', 'tls');

async function rpc(url: string, name: string, input: unknown): Promise<unknown> {
  const response = await fetch(`${url}/trpc/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(input),
  });
  const answer = (await response.json()) as {
    result?: { data: unknown };
    error?: { data: { appError: unknown } };
  };
  return answer.result ? answer.result.data : answer.error?.data.appError;
}

const installInput = {
  siteName: 'Test desk',
  admin: { username: 'ada', name: 'Ada', email: 'ada@desk.example', password: PASSWORD },
};

describe('serve', () => {
  const temporaryFolder = temporaryFolders();
  const apps: Served[] = [];
  let data = '';
  beforeEach(() => {
    data = path.join(temporaryFolder(), 'desk');
  });
  afterEach(async () => {
    for (const app of apps.splice(0)) await app.end('SIGKILL');
  });
  const served = async (...args: Parameters<typeof serve>): Promise<Served> => {
    const app = await serve(...args);
    apps.push(app);
    return app;
  };

  it('keeps everything to its owner', async () => {
    await served(data);
    const mode = (name: string) => statSync(path.join(data, name)).mode & 0o777;
    for (const folder of ['.', 'attachments', 'spool', 'backups', 'logs', 'run'])
      expect(mode(folder)).toBe(0o700);
    for (const file of ['desk.db', 'lock.db', 'run.json', 'run/control.sock']) expect(mode(file)).toBe(0o600);
  });

  it('is one per desk: a second one prints where the first is', async () => {
    const app = await served(data);
    const second = await runCli(['serve', '--data', data, '--no-open']);
    expect(second).toMatchObject({ code: 0, stdout: `Staffdesk is already listening on ${app.url}\n` });
    const [one, two] = await Promise.all([setUp(data), setUp(data, ['--admin-username', 'eve'])]);
    expect([one.code, two.code].sort()).toEqual([0, 1]);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('ends in order on %s', async (signal) => {
    const app = await served(data);
    await setUp(data);
    // An open event stream must not hold it up.
    const stream = await fetch(`${app.url}/events`);
    expect(await app.end(signal)).toBe(0);
    await stream.body?.cancel();
    expect(existsSync(path.join(data, 'run.json'))).toBe(false);
    expect(existsSync(path.join(data, 'desk.db-wal'))).toBe(false);
  });

  it('ends when the command line asks for it', async () => {
    const app = await served(data);
    expect(await runCli(['stop', '--data', data])).toMatchObject({ code: 0, stdout: '' });
    expect(await app.exit()).toBe(0);
    expect((await runCli(['stop', '--data', data])).stderr).toContain('No Staffdesk runs on this desk');
  });

  it('leaves a desk that opens at once after kill -9, with everything it had confirmed', async () => {
    const app = await served(data);
    await setUp(data);
    const made = await runCli(['token', 'create', '--data', data, '--name', 'x', '--permissions', 'all']);
    const headers = { Token: made.stdout.trim() };
    const post = async (what: string, form: Record<string, string>) => {
      const response = await fetch(`${app.url}/api/${what}/create`, {
        method: 'POST',
        headers,
        body: new URLSearchParams(form),
      });
      expect(await response.json()).toMatchObject({ success: 1 });
    };
    await post('users', { fullname: 'Jo', email: 'jo@mail.example' });
    for (let number = 1; number <= 5; number += 1) {
      await post('tickets', {
        user_id: '1',
        opener: 'user',
        department_id: '1',
        subject: `Subject ${number}`,
        body: 'Help',
      });
    }
    expect(await app.end('SIGKILL')).toBe(null);

    // run.json of the dead still lies there; a command is not fooled by it.
    expect(existsSync(path.join(data, 'run.json'))).toBe(true);
    expect(JSON.parse((await runCli(['status', '--data', data])).stdout)).toMatchObject({
      status: { state: 'ready' },
      baseUrl: null,
    });

    const next = await served(data);
    const response = await fetch(`${next.url}/api/tickets`, { headers });
    const { tickets } = (await response.json()) as { tickets: { subject: string }[] };
    expect(tickets.map(({ subject }) => subject).sort()).toEqual(
      [1, 2, 3, 4, 5].map((number) => `Subject ${number}`),
    );
  });

  it('refuses the setup over HTTP once it is done, and says how to unlock it', async () => {
    const app = await served(data);
    expect(await rpc(app.url, 'system.install', installInput)).toMatchObject({
      viewer: { siteName: 'Test desk' },
    });
    const again = {
      ...installInput,
      siteName: 'Mine',
      admin: { ...installInput.admin, username: 'eve', email: 'eve@desk.example' },
    };
    const refused = await rpc(app.url, 'system.install', again);
    expect(refused).toMatchObject({
      code: 'already_installed',
      message: expect.stringContaining('allow-setup') as string,
    });
    // Where the folder lies is nobody's business on the network.
    expect(JSON.stringify(refused)).not.toContain(data);
    expect(await rpc(app.url, 'system.installDemo', { tickets: 10 })).toMatchObject({
      code: 'already_installed',
    });
    writeFileSync(path.join(data, 'allow-setup'), '');
    expect(await rpc(app.url, 'system.install', again)).toMatchObject({
      viewer: { siteName: 'Mine', staff: { username: 'eve' } },
    });
    expect(existsSync(path.join(data, 'allow-setup'))).toBe(false);
    const staff = JSON.parse((await runCli(['status', '--data', data])).stdout) as {
      status: { siteName: string };
    };
    expect(staff.status.siteName).toBe('Mine');
  });

  it('reaches its owner where the folder’s path is too long for a socket', async () => {
    const long = path.join(temporaryFolder(), 'a-long-name-'.repeat(10), 'desk');
    const app = await served(long);
    const status = await runCli(['status', '--data', long]);
    expect(JSON.parse(status.stdout)).toMatchObject({ baseUrl: app.url });
  });

  it('says which port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    const ran = await runCli(['serve', '--data', data, '--no-open', '--port', String(port)]);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toMatch(new RegExp(`^port_taken: .*${port}.*--port`));

    // With a window to open it goes on, and says why scripts find nothing.
    const app = await served(data, ['--port', String(port), '--open'], { DISPLAY: '', WAYLAND_DISPLAY: '' });
    other.close();
    expect(app.url).not.toContain(`:${port}`);
    const status = JSON.parse((await runCli(['status', '--data', data])).stdout) as {
      baseUrl: null;
      problem: string;
    };
    expect(status.baseUrl).toBe(null);
    expect(status.problem).toContain(String(port));
  });

  it('refuses a setting it does not know, by name', async () => {
    await served(data).then((app) => app.end());
    writeFileSync(path.join(data, 'staffdesk.json'), '{"prot": 8484}');
    const ran = await runCli(['serve', '--data', data, '--no-open']);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toMatch(/^config_invalid: .*staffdesk\.json: There is no setting named «prot»\.\n$/);
  });

  it('asks for the code on the terminal when others can reach it', async () => {
    const app = await served(data, ['--host', '0.0.0.0']);
    const code = await vi.waitUntil(() => /^Setup code: ([A-Z2-9-]{14})$/m.exec(app.stderr())?.[1]);
    expect(await rpc(app.url, 'system.install', installInput)).toMatchObject({ code: 'setup_code_wrong' });
    expect(await rpc(app.url, 'system.install', { ...installInput, code: 'AAAA-BBBB-CCCC' })).toMatchObject({
      code: 'setup_code_wrong',
    });
    expect(await rpc(app.url, 'system.installDemo', { tickets: 10 })).toMatchObject({
      code: 'setup_code_wrong',
    });
    expect(await rpc(app.url, 'system.install', { ...installInput, code })).toMatchObject({
      viewer: { siteName: 'Test desk' },
    });
  });

  it('speaks TLS with the files it is given', async () => {
    await served(data).then((app) => app.end());
    const config = {
      tls: { certFile: path.join(tls, 'localhost.crt'), keyFile: path.join(tls, 'localhost.key') },
    };
    writeFileSync(path.join(data, 'staffdesk.json'), JSON.stringify(config));
    const app = await served(data);
    expect(app.url).toMatch(/^https:/);
    const ca = readFileSync(config.tls.certFile);
    const status = await new Promise((resolve, reject) => {
      const sent = request(`${app.url}/trpc/system.status`, { ca, servername: 'localhost' }, (response) =>
        resolve(response.statusCode),
      );
      sent.on('error', reject).end();
    });
    expect(status).toBe(200);
    writeFileSync(
      path.join(data, 'staffdesk.json'),
      JSON.stringify({ tls: { certFile: '/nowhere.crt', keyFile: '/nowhere.key' } }),
    );
    await app.end();
    expect((await runCli(['serve', '--data', data, '--no-open'])).stderr).toMatch(
      /^config_invalid: .*\/nowhere\.crt/,
    );
  });
});
