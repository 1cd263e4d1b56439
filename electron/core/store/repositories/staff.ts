import type { StaffMember } from '../../../../shared/contract/desk.ts';
import type { DepartmentId, StaffId } from '../../../../shared/model/ids.ts';
import type { StaffRole } from '../../../../shared/model/ticket.ts';
import type { Db } from '../connection.ts';

interface Row {
  id: StaffId;
  username: string;
  name: string;
  email: string;
  role: StaffRole;
  isActive: number;
  passwordHash: string;
  totpSecret: string | null;
  totpLastStep: number | null;
  createdAt: number;
  lastLoginAt: number | null;
  previousLoginAt: number | null;
  timeZone: string;
  signatureHtml: string;
  avatarSha256: string | null;
  avatarType: string | null;
}

/** A staff member with what signing in needs; never leaves the services. */
export interface StaffAccount extends StaffMember {
  readonly passwordHash: string;
  readonly totpSecret: string | null;
  readonly totpLastStep: number | null;
  readonly createdAt: number;
  readonly lastLoginAt: number | null;
  /** The sign-in before the current one: what the API calls last_login (behaviour.md 2.7). */
  readonly previousLoginAt: number | null;
  /** Empty = the desk's. */
  readonly timeZone: string;
  readonly signatureHtml: string;
  readonly avatarSha256: string | null;
  readonly avatarType: string | null;
}

const COLUMNS = `id, username, name, email, role, is_active AS isActive, password_hash AS passwordHash,
  totp_secret AS totpSecret, totp_last_step AS totpLastStep, created_at AS createdAt, last_login_at AS lastLoginAt,
  previous_login_at AS previousLoginAt, time_zone AS timeZone, signature_html AS signatureHtml,
  avatar_sha256 AS avatarSha256, avatar_type AS avatarType`;

export function createStaffRepository(db: Db) {
  const insert = db.prepare(
    `INSERT INTO staff (username, name, email, password_hash, role, is_active, totp_secret, created_at)
     VALUES (@username, @name, @email, @passwordHash, @role, @isActive, @totpSecret, @now)`,
  );
  const all = db.prepare<[], Row>(`SELECT ${COLUMNS} FROM staff ORDER BY id`);
  const byId = db.prepare<[number], Row>(`SELECT ${COLUMNS} FROM staff WHERE id = ?`);
  const byUsername = db.prepare<[string], Row>(`SELECT ${COLUMNS} FROM staff WHERE username = ?`);
  const byEmail = db.prepare<[string], Row>(
    `SELECT ${COLUMNS} FROM staff WHERE lower(email) = lower(?) AND is_active = 1`,
  );
  const byAnyEmail = db.prepare<[string, number], Row>(
    `SELECT ${COLUMNS} FROM staff WHERE lower(email) = lower(?) AND id <> ? LIMIT 1`,
  );
  const departments = db
    .prepare<[number], DepartmentId>(
      'SELECT department_id FROM staff_departments WHERE staff_id = ? ORDER BY department_id',
    )
    .pluck();
  const addDepartment = db.prepare('INSERT OR IGNORE INTO staff_departments VALUES (?, ?)');
  const clearDepartments = db.prepare('DELETE FROM staff_departments WHERE staff_id = ?');
  const recordLogin = db.prepare(
    // The first sign-in counts as its own predecessor, as in the reference: last_login 0 means «never».
    'UPDATE staff SET previous_login_at = coalesce(last_login_at, @now), last_login_at = @now WHERE id = @id',
  );
  const update = db.prepare(
    'UPDATE staff SET username = @username, name = @name, email = @email, role = @role, is_active = @isActive WHERE id = @id',
  );
  const setPasswordHash = db.prepare('UPDATE staff SET password_hash = ? WHERE id = ?');
  const removeAppPasswords = db.prepare('DELETE FROM app_passwords WHERE staff_id = ?');
  const setTotp = db.prepare('UPDATE staff SET totp_secret = ?, totp_last_step = ? WHERE id = ?');
  const setTotpStep = db.prepare('UPDATE staff SET totp_last_step = ? WHERE id = ?');
  const setOwn = db.prepare(
    'UPDATE staff SET time_zone = @timeZone, signature_html = @signatureHtml WHERE id = @id',
  );
  const setAvatar = db.prepare('UPDATE staff SET avatar_sha256 = ?, avatar_type = ? WHERE id = ?');
  const toAccount = (row: Row): StaffAccount => ({
    ...row,
    isActive: row.isActive === 1,
    avatar: row.avatarSha256?.slice(0, 12) ?? null,
    departmentIds: departments.all(row.id),
  });
  const optional = (row: Row | undefined): StaffAccount | undefined => row && toAccount(row);
  return {
    insert: (values: {
      username: string;
      name: string;
      email: string;
      passwordHash: string;
      role: StaffRole;
      isActive: boolean;
      totpSecret: string | null;
      now: number;
    }): StaffId =>
      Number(insert.run({ ...values, isActive: values.isActive ? 1 : 0 }).lastInsertRowid) as StaffId,
    all: (): StaffAccount[] => all.all().map(toAccount),
    byId: (id: StaffId): StaffAccount | undefined => optional(byId.get(id)),
    byUsername: (username: string): StaffAccount | undefined => optional(byUsername.get(username)),
    activeByEmail: (email: string): StaffAccount | undefined => optional(byEmail.get(email)),
    /** Anyone else with this address, switched off or not; letter case does not count. */
    otherByEmail: (email: string, id: StaffId | null): StaffAccount | undefined =>
      optional(byAnyEmail.get(email, id ?? 0)),
    setOwn: (id: StaffId, values: { timeZone: string; signatureHtml: string }): void => {
      setOwn.run({ ...values, id });
    },
    setAvatar: (id: StaffId, file: { sha256: string; mediaType: string } | null): void => {
      setAvatar.run(file?.sha256 ?? null, file?.mediaType ?? null, id);
    },
    setDepartments: (id: StaffId, departmentIds: readonly DepartmentId[]): void => {
      clearDepartments.run(id);
      for (const departmentId of departmentIds) addDepartment.run(id, departmentId);
    },
    recordLogin: (id: StaffId, now: number): void => {
      recordLogin.run({ id, now });
    },
    update: (
      id: StaffId,
      values: { username: string; name: string; email: string; role: StaffRole; isActive: boolean },
    ): void => {
      update.run({ ...values, id, isActive: values.isActive ? 1 : 0 });
    },
    /** App passwords stand for the password: they go with it, and so do their sessions. */
    setPasswordHash: (id: StaffId, passwordHash: string): void => {
      setPasswordHash.run(passwordHash, id);
      removeAppPasswords.run(id);
    },
    /** null switches the second factor off; `lastStep` is the step that proved it, used up. */
    setTotp: (id: StaffId, secret: string | null, lastStep: number | null): void => {
      setTotp.run(secret, lastStep, id);
    },
    setTotpStep: (id: StaffId, step: number): void => {
      setTotpStep.run(step, id);
    },
  };
}
