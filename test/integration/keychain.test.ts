import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fromRoot } from '../../build/lib/paths.ts';
import type { SecretStore } from '../../electron/core/ports/secretStore.ts';
import { keychainInChild } from '../../electron/core/secrets/keychainInChild.ts';
import { buildCli, runCli, setUp } from '../support/cli.ts';
import { missingKeyring, type SecretService, startSecretService } from '../support/secretService.ts';
import { deskSecrets } from '../support/secrets.ts';
import { openTestDesk, type TestDesk } from '../support/testDesk.ts';

const missing = missingKeyring();
if (missing) it.runIf(false)(`not run: ${missing}`, () => {});
else describe('the system’s keychain', () => suite());

/** keytar, libsecret, D-Bus and gnome-keyring as they are: nothing here is a stand-in. */
function suite(): void {
  let folder: string;
  let service: SecretService;
  let desk: TestDesk;
  let stores: SecretStore[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'staffdesk-keyring-'));
    service = await startSecretService(folder);
    for (const [name, value] of Object.entries(service.env)) vi.stubEnv(name, value);
    vi.stubEnv('STAFFDESK_USE_KEYCHAIN', 'yes');
    desk = openTestDesk();
    stores = [];
  });
  afterEach(async () => {
    for (const store of stores) store.close();
    desk.close();
    vi.unstubAllEnvs();
    await service.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The program started anew on the desk. */
  const start = (patienceMs = 10_000) => {
    const keychain = keychainInChild();
    stores.push(keychain);
    return deskSecrets(desk.deps.store, desk.folder, { keychain, patienceMs });
  };
  const keyFile = () => existsSync(join(desk.folder, 'secret.key'));
  const sealOne = async (started = start()) => {
    const sealed = await started.box.seal('a secret', 'test 1');
    if (!sealed.ok) throw new Error(sealed.error.code);
    desk.deps.store.staff.setTotp(desk.admin.staffId, sealed.value, null);
    return sealed.value;
  };
  const opened = async (sealed: string, started = start()) => {
    const plain = await started.box.open(sealed, 'test 1');
    return plain.ok ? plain.value : plain.error.code;
  };

  it('keeps the key, gives it to the next start, and lets go of it', async () => {
    await service.startDaemon('unlocked');
    const sealed = await sealOne();
    expect(keyFile()).toBe(false);
    const { keeper, box } = start();
    expect(await keeper.status()).toMatchObject({ state: 'ready', place: 'keychain', hasKeychain: true });
    expect(await opened(sealed, { keeper, box })).toBe('a secret');
    expect((await keeper.move({ to: 'key_file' })).ok).toBe(true);
    expect(keyFile()).toBe(true);
    expect(await start().keeper.status()).toMatchObject({ place: 'key_file', hasLeftover: false });
    expect((await start().keeper.move({ to: 'keychain' })).ok).toBe(true);
    expect(keyFile()).toBe(false);
    expect(await opened(sealed)).toBe('a secret');
  });

  it('is named when it is locked, and opens once a person unlocks it', async () => {
    await service.startDaemon('unlocked');
    const sealed = await sealOne();
    await service.stopDaemon();
    await service.startDaemon('locked');
    const started = start();
    expect(await opened(sealed, started)).toBe('secrets_locked');
    expect(await started.keeper.status()).toMatchObject({ state: 'locked_keychain', place: 'keychain' });
    expect(keyFile()).toBe(false);
    await service.stopDaemon();
    await service.startDaemon('unlocked');
    expect(await started.keeper.status({ again: true })).toMatchObject({ state: 'ready' });
    expect(await opened(sealed, started)).toBe('a secret');
  });

  it('that was never there leaves the key to a file; one that is gone is named', async () => {
    const fresh = start();
    expect(await fresh.keeper.status()).toMatchObject({ state: 'unused', hasKeychain: false });
    await sealOne(fresh);
    expect(keyFile()).toBe(true);
    await service.startDaemon('unlocked');
    expect((await fresh.keeper.move({ to: 'keychain' })).ok).toBe(true);
    await service.stopDaemon();
    expect(await start().keeper.status()).toMatchObject({ state: 'keychain_missing', place: 'keychain' });
  });

  it('that hangs holds up nobody, and answers later', async () => {
    const daemon = await service.startDaemon('unlocked');
    const sealed = await sealOne();
    daemon.kill('SIGSTOP');
    const started = start(300);
    expect(await opened(sealed, started)).toBe('secrets_locked');
    expect(await started.keeper.status()).toMatchObject({ state: 'keychain_silent' });
    daemon.kill('SIGCONT');
    const patient = start();
    expect(await opened(sealed, patient)).toBe('a secret');
  });

  it('that is killed in the middle of a question is named', async () => {
    const daemon = await service.startDaemon('unlocked');
    const sealed = await sealOne();
    daemon.kill('SIGSTOP');
    const asked = opened(sealed, start());
    await new Promise((resolve) => setTimeout(resolve, 300));
    await service.stopDaemon();
    expect(await asked).toBe('secrets_unavailable');
    await service.startDaemon('unlocked');
    expect(await opened(sealed)).toBe('a secret');
  });

  it('whose library is missing is named', async () => {
    await service.startDaemon('unlocked');
    const sealed = await sealOne();
    const empty = join(folder, 'lib');
    mkdirSync(empty);
    writeFileSync(join(empty, 'libsecret-1.so.0'), '');
    vi.stubEnv('LD_LIBRARY_PATH', empty);
    expect(await opened(sealed)).toBe('secrets_unavailable');
    expect(await start().keeper.status()).toMatchObject({ state: 'keychain_not_installed' });
  });

  describe('of the program as it ships', () => {
    beforeAll(() => buildCli());

    const status = async () => {
      const { code, stdout } = await runCli(['secrets', 'status', '--data', join(folder, 'desk')]);
      return { code, ...(JSON.parse(stdout) as object) };
    };

    it('is found by the command line, which ends although the keychain hangs', async () => {
      const dataDir = join(folder, 'desk');
      await setUp(dataDir);
      const daemon = await service.startDaemon('unlocked');
      const moved = await runCli(['secrets', 'move', '--data', dataDir, '--to', 'keychain']);
      expect(moved.stderr).toBe('');
      expect(await status()).toMatchObject({ code: 0, hasKeychain: true });
      daemon.kill('SIGSTOP');
      expect(await status()).toMatchObject({ code: 0, hasKeychain: false });
    });

    it('is reached from Electron’s core process itself, which ends although the keychain hangs', async () => {
      const dataDir = join(folder, 'desk');
      await setUp(dataDir);
      const daemon = await service.startDaemon('unlocked');
      const core = startCoreProcess(dataDir);
      await once(core, 'message');
      const move = (to: string) => runCli(['secrets', 'move', '--data', dataDir, '--to', to]);
      expect((await move('keychain')).stdout).toContain('keychain');
      expect((await move('key_file')).stdout).toContain('key_file');
      expect(await status()).toMatchObject({ place: 'key_file', hasKeychain: true, hasLeftover: false });
      daemon.kill('SIGSTOP');
      expect(await status()).toMatchObject({ place: 'key_file', hasKeychain: false });
      core.send({ type: 'close' });
      await once(core, 'exit');
      expect(existsSync(join(dataDir, 'run.json'))).toBe(false);
    });
  });
}

function startCoreProcess(dataDir: string): ChildProcess {
  return spawn(
    process.execPath,
    [
      '--import',
      fromRoot('test/fakes/parentPort.mjs'),
      fromRoot('dist/core/coreProcess.mjs'),
      JSON.stringify({ dataDir, port: 0 }),
    ],
    { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  );
}
