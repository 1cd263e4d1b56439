import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StaffId } from '../../../shared/model/ids.ts';
import { openTestDesk, type TestDesk } from '../../../test/support/testDesk.ts';
import { checkpointAll } from '../store/checkpoint.ts';
import { openSecondFactor, sealPlainSecrets, sealSecondFactor } from './secondFactor.ts';

const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk();
});
afterEach(() => desk.close());

const setPlain = (id: StaffId, secret: string) =>
  desk.deps.store.db.prepare('UPDATE staff SET totp_secret = ? WHERE id = ?').run(secret, id);
const account = (id: StaffId) => {
  const found = desk.deps.store.staff.byId(id);
  if (!found) throw new Error('no account');
  return found;
};
/** Every byte that SQLite has of the desk, the WAL included. */
function bytes(): string {
  const files = ['desk.db', 'desk.db-wal'].map((name) => readFileSync(join(desk.folder, name), 'latin1'));
  return files.join('');
}

it('seals what an older version wrote plainly, and nothing of it stays in the file', async () => {
  const { store } = desk.deps;
  const { staffId: ada } = desk.admin;
  const { staffId: sam } = desk.agent;
  const filler = store.db.prepare('UPDATE staff SET name = ? WHERE id = ?');
  for (const [id, secret] of [
    [ada, SECRET],
    [sam, `${SECRET.slice(0, 28)}AAAA`],
  ] as const) {
    setPlain(id, secret);
    // Rows that grow leave their old selves behind in gaps of the page.
    for (let length = 1; length < 400; length += 37) {
      filler.run('x'.repeat(length), id);
      store.staff.recordLogin(id, 1_700_000_000_000 + length);
    }
  }
  checkpointAll(store.db);
  const start = SECRET.slice(0, 28);
  expect(bytes()).toContain(start);
  const before = store.db.prepare('SELECT * FROM staff ORDER BY id').all() as { totp_secret: string }[];
  const departments = store.db.prepare('SELECT * FROM staff_departments').all();

  expect((await sealPlainSecrets(desk.deps)).ok).toBe(true);
  expect(bytes()).not.toContain(start);
  const after = store.db.prepare('SELECT * FROM staff ORDER BY id').all() as { totp_secret: string }[];
  expect(after.every(({ totp_secret }) => totp_secret.startsWith('sealed1:'))).toBe(true);
  const withoutSecret = (rows: object[]) => rows.map((row) => ({ ...row, totp_secret: '' }));
  expect(withoutSecret(after)).toEqual(withoutSecret(before));
  expect(store.db.prepare('SELECT * FROM staff_departments').all()).toEqual(departments);
  expect(store.db.pragma('foreign_keys', { simple: true })).toBe(1);
  expect(store.db.pragma('foreign_key_check')).toEqual([]);
  expect(await openSecondFactor(desk.deps, account(ada))).toEqual({ ok: true, value: SECRET });

  const sealed = after.map(({ totp_secret }) => totp_secret);
  expect((await sealPlainSecrets(desk.deps)).ok).toBe(true);
  expect(store.staff.all().map(({ totpSecret }) => totpSecret)).toEqual(sealed);
});

it('leaves alone what was switched off while it sealed', async () => {
  const { store } = desk.deps;
  setPlain(desk.admin.staffId, SECRET);
  const sealing = sealPlainSecrets(desk.deps);
  store.staff.setTotp(desk.admin.staffId, null, null);
  await sealing;
  expect(account(desk.admin.staffId).totpSecret).toBeNull();
});

it('opens for its own account only', async () => {
  const sealed = await sealSecondFactor(desk.deps, desk.admin.staffId, SECRET);
  if (!sealed.ok) throw new Error(sealed.error.code);
  desk.deps.store.staff.setTotp(desk.agent.staffId, sealed.value, null);
  expect(await openSecondFactor(desk.deps, account(desk.agent.staffId))).toMatchObject({
    ok: false,
    error: { code: 'secret_unreadable' },
  });
});
