import { beforeEach, expect, it, vi } from 'vitest';
import { appErrorOf } from '../../shared/contract/errors.ts';
import { workspaceKeyOf } from '../core/host/workspaces/workspaceList.ts';
import { APP_ORIGIN, originOfKey } from './appOrigin.ts';
import type { CoreSupervisor, SupervisorOptions } from './coreSupervisor.ts';
import { createOpenDesks, type OpenDesks } from './openDesks.ts';

vi.mock('electron', () => import('../../test/fakes/electron.ts'));

type Watch = Pick<SupervisorOptions, 'onChange' | 'onStopAsked'>;
const happened: string[] = [];
const watches = new Map<string, Watch>();
let desks: OpenDesks;
let waited = Promise.withResolvers<void>();

function supervise({ dataDir }: { dataDir: string }, watch: Watch): CoreSupervisor {
  happened.push(`started ${dataDir}`);
  watches.set(dataDir, watch);
  return {
    state: () => ({ name: 'starting' }),
    whenReady: () => new Promise(() => {}),
    retry: () => {},
    close: async () => void happened.push(`closed ${dataDir}`),
  };
}

beforeEach(() => {
  happened.length = 0;
  waited = Promise.withResolvers();
  desks = createOpenDesks({
    first: { dataDir: '/desks/first', port: 9999 },
    rendererDir: '/nowhere',
    supervise,
    sessionOf: (dataDir) => {
      happened.push(`session ${dataDir}`);
      return { read: () => null, write: () => {} };
    },
    wait: () => waited.promise,
    onFailed: (origin) => void happened.push(`failed ${origin}`),
    onStopAsked: (origin) => void happened.push(`stop ${origin}`),
  });
});

const second = originOfKey(workspaceKeyOf('/desks/second'));

it('gives each desk a core, a session and an origin of its own, once', async () => {
  const asked = ['/desks/second', '/desks/second/../second', '/desks/first/'];
  expect(await Promise.all(asked.map(desks.open))).toEqual([second, second, APP_ORIGIN]);
  expect(happened).toEqual([
    'started /desks/first',
    'session /desks/first',
    'started /desks/second',
    'session /desks/second',
  ]);
  expect([desks.isOpen('/desks/second'), desks.isOpen('/desks/third')]).toEqual([true, false]);
});

it('knows the desk of a page, and answers for none that is not open', async () => {
  await desks.open('/desks/second');
  expect(desks.at(`${second}/tickets/1`)?.dataDir).toBe('/desks/second');
  expect(desks.at('app://staffdesk/')?.dataDir).toBe('/desks/first');
  expect(desks.at('https://example.com/')).toBeNull();
  const closed = originOfKey(workspaceKeyOf('/desks/third'));
  expect((await desks.handle(new Request(`${closed}/trpc/x`))).status).toBe(404);
});

it('says of which desk a core failed or is to be closed', async () => {
  await desks.open('/desks/second');
  const { onChange } = watches.get('/desks/second') ?? {};
  onChange?.({ name: 'starting' });
  onChange?.({ name: 'failed', error: appErrorOf('database_busy') });
  watches.get('/desks/second')?.onStopAsked();
  watches.get('/desks/first')?.onStopAsked();
  expect(happened.slice(-3)).toEqual([`failed ${second}`, `stop ${second}`, `stop ${APP_ORIGIN}`]);
});

it('closes one, opens it again only when it is closed, and closes all', async () => {
  await desks.open('/desks/second');
  const closed = desks.close(second);
  expect(desks.at(`${second}/`)).toBeNull();
  expect(await desks.open('/desks/second')).toBe(second);
  await closed;
  expect(happened.slice(-3)).toEqual([
    'closed /desks/second',
    'started /desks/second',
    'session /desks/second',
  ]);
  await desks.closeAll();
  expect(happened.slice(-2).sort()).toEqual(['closed /desks/first', 'closed /desks/second']);
});

it('closes when what its pages asked is answered, and does not wait for that for ever', async () => {
  // Its core never gets ready, so this has no answer.
  void desks.handle(new Request('app://staffdesk/trpc/drafts.save', { method: 'POST', body: '{}' }));
  let isClosed = false;
  const closed = desks.closeAll().then(() => {
    isClosed = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect([isClosed, happened.includes('closed /desks/first')]).toEqual([false, false]);
  waited.resolve();
  await closed;
  expect(happened).toContain('closed /desks/first');
});
