import type { SignInRecord, StaffSession } from '../../../../shared/contract/people.ts';
import type { StaffId } from '../../../../shared/model/ids.ts';
import type { Db } from '../connection.ts';

/** Who is signed in where, and who tried: what people look at and end. */
export function createSessionListRepository(db: Db) {
  // Half of the hash names a session; opening it takes the token that was hashed.
  const NAME = 'substr(hex(token_hash), 1, 32)';
  const ofStaff = db.prepare<[number, number], Omit<StaffSession, 'isThis'>>(
    `SELECT ${NAME} AS id, created_at AS createdAt, last_seen_at AS lastSeenAt, address, user_agent AS userAgent, dialect,
       (SELECT name FROM sign_in_sources WHERE id = source_id) AS source
     FROM staff_sessions WHERE staff_id = ? AND expires_at > ? ORDER BY last_seen_at DESC, id`,
  );
  const end = db.prepare(`DELETE FROM staff_sessions WHERE staff_id = ? AND ${NAME} = ?`);
  const endAll = db.prepare(`DELETE FROM staff_sessions WHERE staff_id = ? AND ${NAME} <> ?`);
  const signIns = db.prepare<
    { staffId: number | null; limit: number },
    Omit<SignInRecord, 'succeeded' | 'usedRecoveryCode'> & { succeeded: number; usedRecoveryCode: number }
  >(
    `SELECT id, staff_id AS staffId, username, address, user_agent AS userAgent, succeeded,
       used_recovery_code AS usedRecoveryCode, created_at AS createdAt
     FROM login_log WHERE @staffId IS NULL OR staff_id = @staffId ORDER BY id DESC LIMIT @limit`,
  );
  return {
    /** The name of a session in these lists, of the hash of its token. */
    nameOf: (tokenHash: Buffer): string => tokenHash.toString('hex').slice(0, 32).toUpperCase(),
    /** Sessions that have not expired, the one used last first. */
    ofStaff: (id: StaffId, now: number): Omit<StaffSession, 'isThis'>[] => ofStaff.all(id, now),
    /** False when there is no such session (any more). */
    end: (id: StaffId, name: string): boolean => end.run(id, name).changes > 0,
    /** Ends the sessions of a staff member, but the one named `exceptName`. */
    endAll: (id: StaffId, exceptName = ''): void => {
      endAll.run(id, exceptName);
    },
    /** Newest first; null = everyone's. */
    signIns: (staffId: StaffId | null, limit: number): SignInRecord[] =>
      signIns.all({ staffId, limit }).map((row) => ({
        ...row,
        succeeded: row.succeeded === 1,
        usedRecoveryCode: row.usedRecoveryCode === 1,
      })),
  };
}
