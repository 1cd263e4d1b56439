import type { StaffId } from '../../../../shared/model/ids.ts';
import { checkpointAll } from '../checkpoint.ts';
import type { Db } from '../connection.ts';

interface PlainSecret {
  readonly staffId: StaffId;
  readonly secret: string;
}

/** Second factors that an older version wrote as they are. */
export function createPlainSecretRepository(db: Db) {
  const all = db.prepare<[], PlainSecret>(
    `SELECT id AS staffId, totp_secret AS secret FROM staff
     WHERE totp_secret IS NOT NULL AND totp_secret NOT LIKE 'sealed1:%'`,
  );
  const replace = db.prepare('UPDATE staff SET totp_secret = ? WHERE id = ? AND totp_secret = ?');
  const rewrite = db.transaction((sealed: readonly (PlainSecret & { sealed: string })[]) => {
    for (const row of sealed) replace.run(row.sealed, row.staffId, row.secret);
    db.exec('CREATE TEMP TABLE staff_rows AS SELECT * FROM staff');
    db.exec('DELETE FROM staff');
    db.exec('INSERT INTO staff SELECT * FROM temp.staff_rows');
    db.exec('DROP TABLE temp.staff_rows');
  });
  return {
    all: (): PlainSecret[] => all.all(),
    /**
     * Puts the sealed texts in place and overwrites what SQLite would leave of the plain ones: with secure_delete,
     * emptying the table zeroes all of its pages, also the gaps of rows that grew or went long ago. The WAL is
     * emptied as far as readers allow; closing the desk empties it in any case.
     */
    replace: (sealed: readonly (PlainSecret & { sealed: string })[]): void => {
      db.pragma('secure_delete = ON');
      // Emptying it is no deletion of staff: what refers to them stays. The same rows are back before the commit.
      db.pragma('foreign_keys = OFF');
      try {
        rewrite.immediate(sealed);
      } finally {
        db.pragma('foreign_keys = ON');
        db.pragma('secure_delete = OFF');
      }
      checkpointAll(db);
    },
  };
}
