import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword } from '../../electron/core/access/passwords.ts';
import { type ApiDesk, openApiDesk } from './support/apiDesk.ts';
import { ALL_ON } from './support/dialects.ts';
import { SMALL_PNG } from './support/png.ts';

const run = promisify(execFile);
const page = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');
const lines = page.split('\n').filter((line) => line.startsWith('curl '));

let desk: ApiDesk;
let token: string;
let folder: string;
/** What later lines take from the answers of earlier ones. */
const given = { session: '', bearer: '' };

beforeAll(async () => {
  desk = await openApiDesk(ALL_ON);
  const { store } = desk.deps;
  for (const name of ['General', 'Advertising', 'Sales']) {
    store.departments.insert({ name, isPrivate: false, now: desk.clock.now() });
  }
  store.staff.insert({
    username: 'admin',
    name: 'Ada Admin',
    email: 'admin@helpdesk.test',
    passwordHash: await hashPassword('their password'),
    role: 'admin',
    isActive: true,
    totpSecret: null,
    now: desk.clock.now(),
  });
  token = desk.token();
  folder = mkdtempSync(join(tmpdir(), 'staffdesk-curl-'));
  writeFileSync(join(folder, 'picture.png'), SMALL_PNG);
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The words of a line as a shell splits it: quotes of either kind, no escapes. */
function wordsOf(line: string): string[] {
  const filled = line
    .replaceAll('$TOKEN', token)
    .replaceAll('$SESSION', given.session)
    .replaceAll('$BEARER', given.bearer)
    .replaceAll('$API', `http://127.0.0.1:${desk.port}`);
  return [...filled.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  );
}

/** The dialects say it each in their way. */
function expectDone(answer: Record<string, unknown>): void {
  const { success, Success, status, token: bearer, user, SessionID } = answer;
  const isDone = [success, Success].some((one) => one === 1 || one === true) || status === 'success';
  expect(isDone || bearer !== undefined || user !== undefined, JSON.stringify(answer)).toBe(true);
  given.session = String(SessionID ?? given.session);
  given.bearer = String(bearer ?? given.bearer);
}

describe('the curl lines of docs/api.md, sent by curl itself', () => {
  it('are there', () => {
    expect(lines.length).toBeGreaterThan(25);
  });

  it.each(lines)('%s', async (line) => {
    const [program = '', ...args] = wordsOf(line);
    const isStream = args.includes('-N');
    const limits = ['-sS', '--noproxy', '*', '--max-time', isStream ? '1' : '20'];
    // A stream has no end: curl gives up after its second, with what it has read.
    const failed = (error: { stdout: string }) => (isStream ? error : Promise.reject(error));
    const { stdout } = await run(program, [...limits, ...args], { cwd: folder }).catch(failed);
    if (isStream) expect(stdout).toContain('event: hello');
    else if (args.includes('-o')) expect(readFileSync(join(folder, 'picture.part'))).toHaveLength(4);
    else expectDone(JSON.parse(stdout) as Record<string, unknown>);
  });

  it('show that curl takes the documentation’s inner quotes off', () => {
    const customer = desk.deps.store.db.prepare('SELECT name, email FROM customers').get();
    expect(customer).toEqual({ name: 'John Doe', email: 'john.doe@example.com' });
  });
});
