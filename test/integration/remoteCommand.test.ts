import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFakeHelpdeskz, type FakeHelpdeskz } from '../fakes/helpdeskz/fakeHelpdeskz.ts';
import { serveHelpdeskz } from '../fakes/helpdeskz/serve.ts';
import { buildCli, runCli, type Served, serve } from '../support/cli.ts';
import { fillHelpdeskz, REMOTE_PASSWORD, REMOTE_TOKEN } from '../support/remoteDesk.ts';

let data: string;
let server: FakeHelpdeskz;
let there: Awaited<ReturnType<typeof serveHelpdeskz>>;
let app: Served | undefined;
beforeAll(buildCli);
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'staffdesk-command-'));
  server = createFakeHelpdeskz({ now: Date.now });
  fillHelpdeskz(server);
  there = await serveHelpdeskz(server);
});
afterEach(async () => {
  await app?.end();
  app = undefined;
  await there.close();
  rmSync(data, { recursive: true, force: true });
});

/** `remote connect` with these lines of standard input. */
function connect(lines: readonly string[], ...options: string[]) {
  const args = ['remote', 'connect', '--data', data, '--url', there.url, '--staff', 'ada', '--token-stdin'];
  return runCli([...args, ...options], { stdin: `${lines.join('\n')}\n` });
}

async function signIn(password: string): Promise<string> {
  app ??= await serve(data);
  const response = await fetch(`${app.url}/trpc/session.signIn`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: app.url },
    body: JSON.stringify({ username: 'ada', password }),
  });
  const { error } = (await response.json()) as { error?: { data: { appError: { code: string } } } };
  return error?.data.appError.code ?? 'in';
}

describe('remote connect --password-stdin', () => {
  it('asks the server about the password once, and the desk opens with it where there is no network', async () => {
    const refused = await connect([REMOTE_TOKEN, 'wrong'], '--password-stdin');
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('attempt: 1 of 3') });
    expect(await connect([REMOTE_TOKEN, REMOTE_PASSWORD], '--password-stdin')).toMatchObject({ code: 0 });
    await there.close();
    expect(await signIn('wrong')).toBe('bad_credentials');
    expect(await signIn(REMOTE_PASSWORD)).toBe('in');
  });

  it('wants the password, and none where it was not asked for', async () => {
    expect((await connect([REMOTE_TOKEN], '--password-stdin')).stderr).toContain('password');
    expect((await connect([REMOTE_TOKEN, REMOTE_PASSWORD])).stderr).toContain('--password-stdin');
    expect((await connect([REMOTE_TOKEN], '--code', '123456')).stderr).toContain('--password-stdin');
  });
});

describe('remote connect with the token alone', () => {
  it('leaves the password to the first sign-in, which asks the server; the next opens without it', async () => {
    expect(await connect([REMOTE_TOKEN])).toMatchObject({ code: 0 });
    expect(await signIn('wrong')).toBe('remote_sign_in_refused');
    expect(await signIn(REMOTE_PASSWORD)).toBe('in');
    await there.close();
    expect(await signIn(REMOTE_PASSWORD)).toBe('in');
  });
});
