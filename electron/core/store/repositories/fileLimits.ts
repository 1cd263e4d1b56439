import type { FileLimit } from '../../../../shared/model/fileLimits.ts';
import type { Db } from '../connection.ts';

/** What the server was found to keep of files. The newest word counts: what it kept, it no longer refuses, and the other way round. */
export function createFileLimitRepository(db: Db) {
  const all = db.prepare<[], FileLimit>(
    'SELECT what, kept, refused, refused_at AS refusedAt FROM remote_file_limits ORDER BY what',
  );
  const kept = db.prepare(
    `INSERT INTO remote_file_limits (what, kept) VALUES (@what, @amount) ON CONFLICT DO UPDATE SET
       kept = max(coalesce(kept, 0), excluded.kept),
       refused_at = iif(refused <= excluded.kept, NULL, refused_at),
       refused = iif(refused <= excluded.kept, NULL, refused)`,
  );
  const refused = db.prepare(
    `INSERT INTO remote_file_limits (what, refused, refused_at) VALUES (@what, @amount, @at) ON CONFLICT DO UPDATE SET
       kept = iif(kept >= excluded.refused, NULL, kept),
       refused_at = excluded.refused_at,
       refused = min(coalesce(refused, excluded.refused), excluded.refused)`,
  );
  return {
    all: (): FileLimit[] => all.all(),
    noteKept: (what: string, amount: number): void => {
      kept.run({ what, amount });
    },
    noteRefused: (what: string, amount: number, at: number): void => {
      refused.run({ what, amount, at });
    },
  };
}
