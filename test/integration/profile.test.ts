import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { viewerOf } from '../../electron/core/services/viewer.ts';
import type { StaffId } from '../../shared/model/ids.ts';
import { PNG } from '../e2e/support/files.ts';
import { type AppServer, startAppServer } from '../support/appServer.ts';
import { openTestDesk, type TestDesk } from '../support/testDesk.ts';

let desk: TestDesk;
let server: AppServer;
beforeEach(async () => {
  desk = openTestDesk();
  server = await startAppServer(desk);
  await server.signIn('sam');
});
afterEach(async () => {
  await server.close();
  desk.close();
});

const update = (fields: object) => server.call('profile.update', fields);
const viewer = () => viewerOf(desk.deps, desk.agent.staffId);

describe('signature and time zone', () => {
  it('keep words and links of a signature, nothing that runs or is fetched', async () => {
    const signatureHtml =
      '<p>Sam <a href="https://acme.example" onclick="x()">Acme</a><script>alert(1)</script>' +
      '<img src="https://spy.example/1.png" alt="a > b"></p>';
    await update({ signatureHtml });
    expect(viewer()?.signatureHtml).toBe('<p>Sam <a href="https://acme.example">Acme</a></p>');
    await update({ name: 'Sam Ford' });
    expect(viewer()).toMatchObject({
      staff: { name: 'Sam Ford' },
      signatureHtml: expect.stringContaining('Sam'),
    });
    await update({ signatureHtml: '<p> </p><p><br></p>' });
    expect(viewer()?.signatureHtml).toBe('');
    expect(await update({ signatureHtml: 'x'.repeat(20_001) })).toBe('invalid_input');
  });

  it('shows times in the person’s zone, else in the desk’s', async () => {
    desk.deps.store.settings.set({ timeZone: 'Europe/Lisbon' });
    expect(viewer()?.timeZone).toBe('Europe/Lisbon');
    await update({ timeZone: 'Asia/Tokyo' });
    expect(viewer()?.timeZone).toBe('Asia/Tokyo');
    expect(await update({ timeZone: 'Mars/Olympus' })).toBe('invalid_input');
    expect(viewer()?.timeZone).toBe('Asia/Tokyo');
    await update({ timeZone: '' });
    expect(viewer()?.timeZone).toBe('Europe/Lisbon');
  });
});

describe('e-mail addresses of staff', () => {
  const email = 'ADA@desk.example';

  it('belong to one person, in the profile and in Setup', async () => {
    expect(await update({ email })).toBe('staff_email_taken');
    await server.signIn();
    const fields = { username: 'zoe', name: 'Zoe', email, role: 'agent', departmentIds: [], password: null };
    expect(await server.call('staff.create', fields)).toBe('staff_email_taken');
    const { password: _, ...rest } = fields;
    const { staffId } = desk.agent;
    expect(await server.call('staff.update', { ...rest, staffId })).toBe('staff_email_taken');
    expect(await server.call('staff.update', { ...rest, staffId, email: 'SAM@desk.example' })).toMatchObject({
      staff: { email: 'SAM@desk.example' },
    });
  });

  it('stay with those who shared one before', async () => {
    desk.deps.store.db.prepare('UPDATE staff SET email = ?').run('both@desk.example');
    expect(await update({ name: 'Sam Ford', email: 'both@desk.example' })).toMatchObject({
      name: 'Sam Ford',
    });
  });
});

describe('the picture', () => {
  const avatars = async (path: string, init: RequestInit = {}) =>
    fetch(`${server.url}/files/${path}`, {
      ...init,
      headers: { cookie: server.cookie(), origin: server.url, ...init.headers },
    });
  const put = (body: Uint8Array<ArrayBuffer> | string, type = 'image/png') =>
    avatars('avatar', { method: 'POST', body, headers: { 'content-type': type } });
  const code = async (response: Response) =>
    ((await response.json()) as { error?: { code: string } }).error?.code;
  const own = () => `avatars/${desk.agent.staffId}`;

  it('is shown to everyone who is signed in, as what its bytes are', async () => {
    expect((await avatars(own())).status).toBe(404);
    const answer = await put(Buffer.from(PNG), 'text/html');
    expect(answer.status).toBe(200);
    const { avatar } = (await answer.json()) as { avatar: string };
    expect(viewer()?.staff.avatar).toBe(avatar);
    await server.signIn();
    const shown = await avatars(own());
    expect(shown.status).toBe(200);
    expect(Buffer.from(await shown.arrayBuffer()).equals(PNG)).toBe(true);
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
    expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await avatars(own(), { headers: { cookie: '' } })).status).toBe(401);
    for (const path of ['avatars/0', 'avatars/x', 'avatars/999', 'avatars/..%2F1'])
      expect((await avatars(path)).status).toBe(404);
  });

  it('is refused when it is none, or too large', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    expect(await code(await put(svg, 'image/svg+xml'))).toBe('image_unreadable');
    expect(await code(await put('', 'image/png'))).toBe('image_unreadable');
    expect(await code(await put(Buffer.concat([PNG, Buffer.alloc(512 * 1024)])))).toBe('file_too_large');
    const wide = Buffer.from(PNG);
    wide.writeUInt32BE(100_000, 16);
    expect(await code(await put(wide))).toBe('file_too_large');
    expect(viewer()?.staff.avatar).toBeNull();
  });

  it('leaves nothing on disk once nobody has it', async () => {
    await put(PNG);
    const sha256 = desk.deps.store.staff.byId(desk.agent.staffId)?.avatarSha256 ?? '';
    expect(desk.deps.store.purge.isUsed(sha256)).toBe(true);
    await server.signIn();
    await put(PNG);
    await server.call('profile.removeAvatar');
    expect(await desk.deps.files.has(sha256)).toBe(true);
    await server.signIn('sam');
    await server.call('profile.removeAvatar');
    expect(await desk.deps.files.has(sha256)).toBe(false);
    expect(viewerOf(desk.deps, desk.agent.staffId as StaffId)?.staff.avatar).toBeNull();
  });
});
