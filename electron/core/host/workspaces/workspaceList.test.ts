// @vitest-environment node
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolders } from '../../../../test/support/temporaryFolder.ts';
import {
  findWorkspace,
  forgetWorkspace,
  noteWorkspace,
  readWorkspaces,
  type WorkspaceEntry,
  workspaceKeyOf,
} from './workspaceList.ts';

const temporaryFolder = temporaryFolders();
let file: string;
beforeEach(() => {
  file = path.join(temporaryFolder(), 'config', 'workspaces.json');
});

const entry = (folder: string, more: Partial<WorkspaceEntry> = {}): WorkspaceEntry => ({
  folder: path.resolve('/desks', folder),
  name: folder,
  kind: 'local',
  server: null,
  ...more,
});
const folders = (): string[] => {
  const entries = readWorkspaces(file);
  if (!entries.ok) throw new Error(entries.error.code);
  return entries.value.map(({ folder }) => path.basename(folder));
};

it('is empty before there is a file, and for its owner alone afterwards', async () => {
  expect(folders()).toEqual([]);
  expect(await noteWorkspace(file, entry('acme'))).toEqual({ ok: true, value: undefined });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
});

it('keeps the order in which they came; a later look renews what is known of one', async () => {
  await noteWorkspace(file, entry('acme'));
  await noteWorkspace(file, entry('shop'));
  await noteWorkspace(file, entry('acme', { name: 'Acme Ltd', kind: 'remote', server: 'help.example' }));
  expect(readWorkspaces(file)).toEqual({
    ok: true,
    value: [entry('acme', { name: 'Acme Ltd', kind: 'remote', server: 'help.example' }), entry('shop')],
  });
});

it('finds and forgets by key, and touches no folder', async () => {
  const folder = path.join(temporaryFolder(), 'acme');
  mkdirSync(folder);
  await noteWorkspace(file, entry(folder));
  const key = workspaceKeyOf(folder);
  expect(findWorkspace(file, key)).toMatchObject({ ok: true, value: { folder } });
  await forgetWorkspace(file, key);
  expect(findWorkspace(file, key)).toMatchObject({ ok: false, error: { code: 'workspace_not_found' } });
  expect([folders(), existsSync(folder)]).toEqual([[], true]);
});

it('knows one folder under one key, however its path is written', () => {
  expect(workspaceKeyOf('/desks/acme/../acme/')).toBe(workspaceKeyOf('/desks/acme'));
  expect(workspaceKeyOf('/desks/acme')).not.toBe(workspaceKeyOf('/desks/shop'));
});

it('loses nothing when many write at once', async () => {
  const names = Array.from({ length: 20 }, (_, number) => `desk-${number}`);
  await Promise.all(names.map((name) => noteWorkspace(file, entry(name))));
  expect(folders().sort()).toEqual([...names].sort());
});

it('goes on after a writer that was killed', async () => {
  await noteWorkspace(file, entry('acme'));
  writeFileSync(`${file}.lock`, '');
  expect((await noteWorkspace(file, entry('shop'))).ok).toBe(true);
  expect([folders(), existsSync(`${file}.lock`)]).toEqual([['acme', 'shop'], false]);
});

describe('a file that is no list', () => {
  it.each([
    ['damaged', '{"version":1,"workspaces":[{"fol'],
    ['of a newer version', '{"version":2,"workspaces":[]}'],
    ['something else', '[]'],
    ['with an entry that lacks its folder', '{"version":1,"workspaces":[{"name":"x"}]}'],
  ])('(%s) is refused by name and kept', async (_what, text) => {
    mkdirSync(path.dirname(file));
    writeFileSync(file, text);
    const refused = {
      ok: false,
      error: { code: 'workspace_list_unreadable', message: expect.stringContaining(file) },
    };
    expect(readWorkspaces(file)).toMatchObject(refused);
    expect(await noteWorkspace(file, entry('acme'))).toMatchObject(refused);
    expect(await forgetWorkspace(file, workspaceKeyOf('/desks/acme'))).toMatchObject(refused);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});

it('says so when it can’t be written', async () => {
  writeFileSync(path.dirname(file), 'a file where the folder should be');
  expect(await noteWorkspace(file, entry('acme'))).toMatchObject({
    ok: false,
    error: { code: 'workspace_list_not_written' },
  });
});
