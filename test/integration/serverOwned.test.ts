import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runImport } from '../../electron/core/services/importJob.ts';
import { type AppServer, startAppServer } from '../support/appServer.ts';
import { openTestDesk, type TestDesk } from '../support/testDesk.ts';

let desk: TestDesk;
let server: AppServer;
beforeEach(async () => {
  desk = openTestDesk();
  server = await startAppServer(desk);
  await server.signIn();
});
afterEach(async () => {
  await server.close();
  desk.close();
});

/** From here on the desk is a mirror; nothing is sent, so its server need not be there. */
function becomeRemote(): void {
  desk.deps.store.remoteDesk.insert({
    kind: 'helpdeskz',
    url: 'http://127.0.0.1:9',
    staffId: desk.admin.staffId,
    username: 'ada',
    tokenSealed: 'sealed',
    connectedAt: 0,
  });
}

describe('what belongs to the server of a remote workspace', () => {
  it('is refused to the window, and only there', async () => {
    const block = () => server.call('customers.setBlocked', { customerId: desk.customer, isBlocked: true });
    expect(await block()).not.toBe('belongs_to_server');
    becomeRemote();
    expect(await block()).toBe('belongs_to_server');
    expect(await server.call('departments.reorder', { departmentIds: [...desk.departments] })).toBe(
      'belongs_to_server',
    );
    expect(await server.call('tags.list', undefined, { method: 'GET' })).toEqual({ tags: [] });
  });

  it('is refused to files and to the command line', async () => {
    becomeRemote();
    const answer = await fetch(`${server.url}/files/import?name=a.eml`, {
      method: 'POST',
      headers: { origin: server.url, cookie: server.cookie() },
      body: 'From: a@b.example',
    });
    expect(await answer.json()).toMatchObject({ error: { code: 'belongs_to_server' } });
    const imported = await runImport(desk.deps, { paths: [] });
    expect(imported).toMatchObject({ ok: false, error: { code: 'belongs_to_server' } });
  });
});
