import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { extractFile, listPackage, statFile } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../build/build.ts';
import { fromRoot } from '../../build/lib/paths.ts';
import { writeElectronDist } from '../fakes/electronDist.ts';

const run = promisify(execFile);
const folder = mkdtempSync(path.join(os.tmpdir(), 'staffdesk-pack-'));
const packed = path.join(folder, 'out', 'linux-unpacked');
const asar = path.join(packed, 'resources', 'app.asar');
const unpacked = `${asar}.unpacked`;
const target = `linux-${process.arch}`;

/** electron-builder itself, offline: a stub stands in for Electron, and a folder needs no packaging tools. */
async function pack(): Promise<void> {
  writeElectronDist(path.join(folder, 'electron'));
  await run(
    process.execPath,
    [
      fromRoot('node_modules/electron-builder/cli.js'),
      ...['--config', 'electron-builder.yml', '--publish', 'never', '--linux', '--dir', `--${process.arch}`],
      `-c.electronDist=${path.join(folder, 'electron')}`,
      `-c.directories.output=${path.join(folder, 'out')}`,
    ],
    { cwd: fromRoot() },
  );
}

beforeAll(async () => {
  await buildApp({ renderer: true });
  await pack();
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('electron-builder.yml', () => {
  type Config = Record<string, unknown>;
  type Configs = {
    getConfig: (root: string, file: string) => Promise<Config>;
    validateConfiguration: (config: Config, log: { isEnabled: boolean }) => Promise<void>;
  };
  // The builder's own reader and judge; it does not export them.
  const ofBuilder = createRequire(fromRoot('node_modules/electron-builder/package.json'));
  const { getConfig, validateConfiguration } = ofBuilder('app-builder-lib/out/util/config/config') as Configs;
  const validate = (candidate: Config) => validateConfiguration(candidate, { isEnabled: false });
  let config: Config;
  beforeAll(async () => {
    config = await getConfig(fromRoot(), 'electron-builder.yml');
  });

  it('is what electron-builder’s own schema allows', async () => {
    await validate(config);
    await expect(validate({ ...config, electronFuse: {} })).rejects.toThrow('electronFuse');
    await expect(validate({ ...config, nsis: { oneclick: true } })).rejects.toThrow('configuration.nsis');
  });

  it('names targets for the three systems, and icons that are there', () => {
    const { linux, win, mac } = config as Record<string, { target: unknown; icon: string }>;
    expect([linux?.target, win?.target, mac?.target]).toEqual([['AppImage', 'deb'], 'nsis', 'dmg']);
    for (const system of [linux, win, mac]) expect(existsSync(fromRoot(system?.icon ?? '-'))).toBe(true);
  });
});

describe('the packed app', () => {
  const entries = () => listPackage(asar, { isPack: false }).map((entry) => entry.replaceAll('\\', '/'));

  it('holds the bundles, the renderer and the packages with a native part, and nothing else', () => {
    const files = entries();
    const expected = ['main.mjs', 'preload.cjs'].map((name) => `/dist/electron/${name}`);
    expect(files).toEqual(expect.arrayContaining([...expected, '/dist/core/coreProcess.mjs']));
    expect(files).toEqual(
      expect.arrayContaining(['/dist/core/readerWorker.mjs', '/dist/renderer/index.html']),
    );
    const tops = new Set(files.map((file) => file.split('/')[1]));
    expect([...tops].sort()).toEqual(['dist', 'node_modules', 'package.json']);
    const packages = files.flatMap(
      (file) => /^\/node_modules\/((?:@[^/]+\/)?[^/@]+)\/package\.json$/.exec(file)?.[1] ?? [],
    );
    const own = packages.filter((name) => !name.startsWith('@node-rs/argon2-'));
    expect(own.sort()).toEqual(['@node-rs/argon2', 'better-sqlite3', 'keytar']);
    expect(files.filter((file) => /\.(?:ts|tsx|map|cc|h|gyp)$/.test(file))).toEqual([]);
  });

  it('starts with main.mjs and carries no scripts', () => {
    const manifest = JSON.parse(extractFile(asar, 'package.json').toString()) as Record<string, unknown>;
    expect(manifest).toMatchObject({ name: 'staffdesk', main: 'dist/electron/main.mjs', type: 'module' });
    expect(manifest).toMatchObject({ desktopName: 'staffdesk.desktop' });
    expect(manifest).not.toHaveProperty('scripts');
    expect(manifest).not.toHaveProperty('devDependencies');
  });

  it('has the core and whole native packages as real files, for this system only', () => {
    const core = globSync('dist/core/**/*.{mjs,sql}', { cwd: fromRoot() });
    expect(core.length).toBeGreaterThan(2);
    for (const file of core) expect(existsSync(path.join(unpacked, file))).toBe(true);
    const natives = globSync('**/*.node', { cwd: unpacked }).map((file) => file.replaceAll('\\', '/'));
    const ours = natives.filter((file) => !file.includes('argon2'));
    expect(ours.sort()).toEqual([
      `node_modules/better-sqlite3/prebuilds/${target}.node`,
      `node_modules/keytar/prebuilds/${target}/keytar.node`,
    ]);
    expect(natives.length).toBeGreaterThan(ours.length);
    const isUnpacked = (file: string) => 'unpacked' in statFile(asar, file);
    expect(isUnpacked(path.join('dist', 'core', 'coreProcess.mjs'))).toBe(true);
    expect(isUnpacked(path.join('dist', 'electron', 'main.mjs'))).toBe(false);
  });

  it('has every migration, every file that a bundle starts beside itself, and every package it asks for', () => {
    const sqlOf = (folder: string) => globSync('*.sql', { cwd: folder }).sort();
    const packedSql = sqlOf(path.join(unpacked, 'dist', 'core', 'migrations'));
    expect(packedSql.length).toBeGreaterThan(5);
    expect(packedSql).toEqual(sqlOf(fromRoot('electron/core/store/migrations')));
    const bundles = globSync('dist/{core,electron}/*.{mjs,cjs}', { cwd: fromRoot() });
    const texts = bundles.map((file) => readFileSync(fromRoot(file), 'utf8'));
    const found = (pattern: RegExp) =>
      [...new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, name]) => name ?? '')))].sort();
    const started = found(/["'`]\.\/(\w+\.mjs)["'`]/g);
    expect(started).toEqual(['keychainProcess.mjs', 'readerWorker.mjs']);
    for (const file of started) expect(existsSync(path.join(unpacked, 'dist', 'core', file))).toBe(true);
    // Code alone: comments of packages name others.
    const imports = /^(?:(?:import|export)\b[^"\n]*|(?!\s*(?:\/?\*|\/\/)).*\bimport\()"([^"\n]+)"/gm;
    const asked = found(imports).filter((name) => !isBuiltin(name));
    expect(asked).toEqual(['@node-rs/argon2', 'better-sqlite3', 'electron', 'keytar']);
  });

  it.runIf(process.platform === 'linux')('has a core that starts from where it lies', async () => {
    const core = path.join(unpacked, 'dist', 'core', 'coreProcess.mjs');
    const port = pathToFileURL(fromRoot('test/fakes/parentPort.mjs')).href;
    const launch = JSON.stringify({ dataDir: path.join(folder, 'desk'), port: 0 });
    const child = fork(core, [launch], { execArgv: ['--import', port], cwd: folder });
    const [message] = (await once(child, 'message')) as [unknown];
    expect(message).toMatchObject({
      type: 'ready',
      address: { apiBaseUrl: expect.stringContaining('http') },
    });
    const ended = once(child, 'exit');
    child.send({ type: 'close' });
    expect(await ended).toEqual([0, null]);
  });

  it('has its fuses flipped in the program', async () => {
    const fuses = await getCurrentFuseWire(path.join(packed, 'staffdesk'));
    expect(fuses).toMatchObject({
      [FuseV1Options.RunAsNode]: FuseState.DISABLE,
      [FuseV1Options.EnableCookieEncryption]: FuseState.ENABLE,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: FuseState.DISABLE,
      [FuseV1Options.EnableNodeCliInspectArguments]: FuseState.DISABLE,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: FuseState.ENABLE,
      [FuseV1Options.OnlyLoadAppFromAsar]: FuseState.ENABLE,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: FuseState.DISABLE,
    });
    const before = await getCurrentFuseWire(path.join(folder, 'electron', 'electron'));
    expect(before).toMatchObject({ [FuseV1Options.RunAsNode]: FuseState.ENABLE });
  });
});
