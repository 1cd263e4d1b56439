import type { StaffId } from '../../../../shared/model/ids.ts';
import type { Db } from '../connection.ts';

export interface PasswordReset {
  readonly staffId: StaffId;
  readonly expiresAt: number;
}

/** Ways back in: recovery codes for a lost phone, reset links for a forgotten password. Hashes only. */
export function createRecoveryRepository(db: Db) {
  const clearCodes = db.prepare('DELETE FROM staff_recovery_codes WHERE staff_id = ?');
  const addCode = db.prepare('INSERT INTO staff_recovery_codes (staff_id, code_hash) VALUES (?, ?)');
  const spendCode = db.prepare(
    'UPDATE staff_recovery_codes SET used_at = ? WHERE staff_id = ? AND code_hash = ? AND used_at IS NULL',
  );
  const codesLeft = db
    .prepare<[number], number>(
      'SELECT count(*) FROM staff_recovery_codes WHERE staff_id = ? AND used_at IS NULL',
    )
    .pluck();
  const setReset = db.prepare(
    `INSERT OR REPLACE INTO password_resets (staff_id, secret_hash, created_at, expires_at)
     VALUES (@staffId, @secretHash, @now, @expiresAt)`,
  );
  const reset = db.prepare<[Buffer, number], PasswordReset>(
    `SELECT staff_id AS staffId, expires_at AS expiresAt FROM password_resets
     WHERE secret_hash = ? AND expires_at > ?`,
  );
  const clearReset = db.prepare('DELETE FROM password_resets WHERE staff_id = ?');
  const pending = db.prepare<[number, number], PasswordReset>(
    `SELECT staff_id AS staffId, expires_at AS expiresAt FROM password_resets
     WHERE staff_id = ? AND expires_at > ?`,
  );
  return {
    /** The codes before stop working. */
    setCodes: (staffId: StaffId, hashes: readonly Buffer[]): void => {
      clearCodes.run(staffId);
      for (const hash of hashes) addCode.run(staffId, hash);
    },
    /** False when it is no code of theirs, or was used before. */
    spendCode: (staffId: StaffId, hash: Buffer, now: number): boolean =>
      spendCode.run(now, staffId, hash).changes > 0,
    codesLeft: (staffId: StaffId): number => codesLeft.get(staffId) ?? 0,
    /** The link before stops working. */
    setReset: (values: { staffId: StaffId; secretHash: Buffer; now: number; expiresAt: number }): void => {
      setReset.run(values);
    },
    /** The link that is still good for this secret. */
    resetBySecret: (secretHash: Buffer, now: number): PasswordReset | undefined => reset.get(secretHash, now),
    /** The link of a staff member that is still good. */
    pendingReset: (staffId: StaffId, now: number): PasswordReset | undefined => pending.get(staffId, now),
    clearReset: (staffId: StaffId): void => {
      clearReset.run(staffId);
    },
  };
}
