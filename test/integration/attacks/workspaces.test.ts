import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { buildServer } from '../../../electron/core/api/server.ts';
import { noteWorkspace, workspaceKeyOf } from '../../../electron/core/host/workspaces/workspaceList.ts';
import { createWorkspaces } from '../../../electron/core/host/workspaces/workspaces.ts';
import { ok } from '../../../shared/util/result.ts';
import { type AppServer, rawRequest, startAppServer } from '../../support/appServer.ts';
import { openTestDesk, type TestDesk } from '../../support/testDesk.ts';

// Opening a workspace starts a process: nobody but staff at this machine gets one, and never for a path of their own.

const started: string[] = [];
let desk: TestDesk;
let server: AppServer;
let other: string;
let listFile: string;
beforeAll(async () => {
  desk = openTestDesk();
  listFile = path.join(desk.folder, 'workspaces.json');
  other = path.join(desk.folder, 'other');
  mkdirSync(other);
  await noteWorkspace(listFile, { folder: other, name: 'Other', kind: 'local', server: null });
  const newFolders = path.join(desk.folder, 'new');
  const workspaces = createWorkspaces(
    { folder: desk.folder, summary: async () => null },
    {
      listFile,
      newFolders,
      open: async (folder) => {
        started.push(folder);
        return ok('http://127.0.0.1:1');
      },
    },
  );
  server = await startAppServer(desk, { workspaces, allowedHosts: ['desk.example.com'] });
});
afterAll(async () => {
  await server.close();
  desk.close();
});
beforeEach(() => {
  started.length = 0;
});

const key = () => workspaceKeyOf(other);
const open = (input: unknown = { key: key() }) => server.call('workspaces.open', input);

it('opens for staff at this machine what is in the list', async () => {
  await server.signIn('sam');
  expect(await server.call('workspaces.list', undefined, { method: 'GET' })).toMatchObject({
    canSwitch: true,
    canChange: false,
    workspaces: [{ key: key(), name: 'Other', presence: 'closed' }],
  });
  expect(await open()).toEqual({ url: 'http://127.0.0.1:1' });
  expect(started).toEqual([other]);
});

it.each<unknown>([
  { key: '/etc' },
  { key: '../../other' },
  { key: 'aaaaaaaaaaaa', folder: '/etc' },
  { folder: '/etc' },
  { key: 'AAAAAAAAAAAA' },
  { key: { toString: 'x' } },
  { key: ['aaaaaaaaaaaa'] },
])('takes no path and no other word for a workspace: %o', async (input) => {
  await server.signIn('ada');
  for (const call of ['workspaces.open', 'workspaces.forget'])
    expect(await server.call(call, input)).toBe('invalid_input');
  expect(started).toEqual([]);
});

it('starts nothing for a folder that is not in the list, or not there', async () => {
  await server.signIn('ada');
  expect(await open({ key: workspaceKeyOf(desk.folder) })).toBe('workspace_not_found');
  const gone = path.join(desk.folder, 'unplugged');
  await noteWorkspace(listFile, { folder: gone, name: 'Gone', kind: 'local', server: null });
  expect(await open({ key: workspaceKeyOf(gone) })).toBe('workspace_folder_missing');
  expect(await server.call('workspaces.list', undefined, { method: 'GET' })).toMatchObject({
    workspaces: [{ name: 'Other' }, { name: 'Gone', presence: 'missing' }],
  });
  expect(started).toEqual([]);
});

it('lets an agent open, but not add or forget; nobody anything without a session', async () => {
  await server.signIn('sam');
  expect(await server.call('workspaces.add')).toBe('forbidden');
  expect(await server.call('workspaces.forget', { key: key() })).toBe('forbidden');
  await server.call('session.signOut');
  for (const call of ['open', 'add', 'forget'])
    expect(await server.call(`workspaces.${call}`, { key: key() })).toBe('signed_out');
  expect(started).toEqual([]);
});

it('does nothing for a page of another origin, nor for a program with an API token alone', async () => {
  await server.signIn('ada');
  const headers = { cookie: server.cookie(), 'content-type': 'application/json' };
  const body = JSON.stringify({ key: key() });
  for (const lie of [{ origin: 'http://127.0.0.1:1' }, { origin: 'null' }, {}]) {
    const sent = { method: 'POST', headers: { ...headers, ...lie }, body };
    expect((await rawRequest(`${server.url}/trpc/workspaces.open`, sent)).status).toBe(403);
  }
  expect(started).toEqual([]);
});

it.each<[who: string, address: string, headers: Record<string, string>]>([
  ['another machine', '192.168.1.7', {}],
  ['another machine that claims to be this one', '203.0.113.9', { 'x-forwarded-for': '127.0.0.1' }],
  ['a proxy on this machine', '127.0.0.1', { 'x-forwarded-for': '203.0.113.9' }],
  ['a silent proxy on this machine', '127.0.0.1', { host: 'desk.example.com' }],
])('shows %s no list and opens nothing, even for an administrator', async (_who, remoteAddress, more) => {
  await server.signIn('ada');
  const app = buildServer(server.options);
  const host = more.host ?? '127.0.0.1:8484';
  const headers = { cookie: server.cookie(), origin: `http://${host}`, host, ...more };
  const call = async (name: string, payload?: object): Promise<unknown> => {
    const method = payload ? 'POST' : 'GET';
    const answer = await app.inject({
      method,
      url: `/trpc/${name}`,
      headers,
      remoteAddress,
      ...(payload ? { payload } : {}),
    });
    const { result, error } = answer.json<{
      result?: { data: unknown };
      error?: { data: { appError: { code: string } } };
    }>();
    return result ? result.data : error?.data.appError.code;
  };
  expect(await call('workspaces.list')).toEqual({
    canSwitch: false,
    canChange: false,
    workspaces: [],
  });
  for (const [name, input] of [
    ['open', { key: key() }],
    ['add', {}],
    ['forget', { key: key() }],
  ] as const)
    expect([name, await call(`workspaces.${name}`, input)]).toEqual([name, 'workspaces_at_machine_only']);
  await app.close();
  expect(started).toEqual([]);
});

it('adds one folder, however often it is asked for before it is set up', async () => {
  await server.signIn('ada');
  expect(await server.call('workspaces.add')).toEqual({ url: 'http://127.0.0.1:1' });
  await server.call('workspaces.add');
  const added = path.join(desk.folder, 'new', 'workspace-2');
  expect(started).toEqual([added, added]);
});
