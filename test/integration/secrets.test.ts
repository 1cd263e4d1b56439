import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { hashPassword } from '../../electron/core/access/passwords.ts';
import { newTotpSecret } from '../../electron/core/access/totp.ts';
import { systemIds } from '../../electron/core/ports/ids.ts';
import { sealSecondFactor } from '../../electron/core/services/secondFactor.ts';
import { checkStaff } from '../../electron/core/services/staffAuth.ts';
import { startAppServer } from '../support/appServer.ts';
import { buildCli, runCli, serve, setUp } from '../support/cli.ts';
import { deskSecrets } from '../support/secrets.ts';
import { openTestDesk } from '../support/testDesk.ts';

const PASSPHRASE = 'a few words that nobody guesses';

let folder: string;
beforeAll(() => buildCli());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'staffdesk-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const stateOf = async (env = {}) => {
  const { stdout } = await runCli(['secrets', 'status', '--data', folder], { env });
  return (JSON.parse(stdout) as { state: string }).state;
};
const stdinPassphrase = (...args: string[]) =>
  runCli([...args, '--data', folder, '--passphrase-stdin'], { stdin: `${PASSPHRASE}\n` });

it('a desk with a passphrase is unlocked at its start, while it runs, or by a file', async () => {
  await setUp(folder);
  const short = await runCli(
    ['secrets', 'move', '--data', folder, '--to', 'passphrase', '--passphrase-stdin'],
    { stdin: 'too short\n' },
  );
  expect(short).toMatchObject({ code: 1, stderr: expect.stringContaining('passphrase_too_short') });
  const moved = await stdinPassphrase('secrets', 'move', '--to', 'passphrase');
  expect(moved).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('passphrase') });
  expect(await stateOf()).toBe('locked_passphrase');

  const file = join(folder, 'given');
  writeFileSync(file, `${PASSPHRASE}\n`);
  expect(await stateOf({ STAFFDESK_PASSPHRASE_FILE: file })).toBe('ready');
  const missing = await runCli(['secrets', 'status', '--data', folder], {
    env: { STAFFDESK_PASSPHRASE_FILE: join(folder, 'nowhere') },
  });
  expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('STAFFDESK_PASSPHRASE_FILE') });

  // Nothing runs that could be unlocked.
  expect(await stdinPassphrase('secrets', 'unlock')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('nothing_runs'),
  });
  const running = await serve(folder);
  expect(await stateOf()).toBe('locked_passphrase');
  expect(await stdinPassphrase('secrets', 'unlock')).toMatchObject({ code: 0 });
  expect(await stateOf()).toBe('ready');
  const refused = await runCli(['secrets', 'start-over', '--data', folder, '--yes']);
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('secrets_fine') });
  await running.end();

  const again = await runCli(['secrets', 'start-over', '--data', folder, '--yes']);
  expect(again).toMatchObject({ code: 0, stdout: 'Nothing was sealed.\n' });
  expect(await stateOf()).toBe('unused');
});

it('a second factor whose key is locked is refused clearly and never bypassed', async () => {
  const desk = openTestDesk();
  const { staff } = desk.deps.store;
  const open = deskSecrets(desk.deps.store, desk.folder, { passphrase: PASSPHRASE });
  const deps = { ...desk.deps, secrets: open.box };
  const sealed = await sealSecondFactor(deps, desk.admin.staffId, newTotpSecret(systemIds));
  if (!sealed.ok) throw new Error(sealed.error.code);
  staff.setTotp(desk.admin.staffId, sealed.value, null);
  staff.setPasswordHash(desk.admin.staffId, await hashPassword('correct horse'));

  // The test desk knows no passphrase.
  const attempt = (password: string, code?: string) =>
    checkStaff(desk.deps, {
      username: 'ada',
      password,
      code,
      address: '127.0.0.1',
      addressFrom: 'peer',
      userAgent: 'test',
    });
  expect(await attempt('correct horse', '123456')).toMatchObject({
    ok: false,
    error: { code: 'secrets_locked' },
  });
  expect(await attempt('correct horse')).toMatchObject({ value: { kind: 'code_missing' } });
  // Who does not know the password learns nothing of it.
  expect(await attempt('wrong', '123456')).toMatchObject({ value: { kind: 'wrong' } });
  desk.close();
});

it('agents neither see nor move the key', async () => {
  const desk = openTestDesk();
  const server = await startAppServer(desk);
  await server.signIn('sam');
  expect(await server.call('secrets.status', undefined, { method: 'GET' })).toBe('forbidden');
  expect(await server.call('secrets.retry')).toBe('forbidden');
  expect(await server.call('secrets.unlock', { passphrase: PASSPHRASE })).toBe('forbidden');
  expect(await server.call('secrets.move', { to: 'key_file' })).toBe('forbidden');
  expect(await server.call('secrets.startOver')).toBe('forbidden');
  await server.signIn('ada');
  expect(await server.call('secrets.move', { to: 'passphrase', passphrase: 'short' })).toBe('invalid_input');
  expect(await server.call('secrets.move', { to: 'key_file' })).toMatchObject({ place: 'key_file' });
  expect(await server.call('secrets.startOver')).toBe('secrets_fine');
  await server.close();
  desk.close();
});
