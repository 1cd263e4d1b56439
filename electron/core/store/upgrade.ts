import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { UpgradePlan } from '../../../shared/contract/system.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import { backUp } from './backup.ts';
import { openConnection } from './connection.ts';
import { type Migration, migrate, schemaVersion } from './migrate.ts';
import { storeError } from './store.ts';

export interface UpgradeProgress {
  readonly done: number;
  readonly total: number;
  readonly step: string;
}

/** Names the backup after schema and time, so that a second attempt never overwrites the first one's copy. */
export function planUpgrade(
  fromVersion: number,
  toVersion: number,
  backupFolder: string,
  now: number,
): UpgradePlan {
  const stamp = new Date(now).toISOString().replaceAll(/[:.]/g, '-');
  return { fromVersion, toVersion, backupPath: join(backupFolder, `desk-schema-${fromVersion}-${stamp}.db`) };
}

/**
 * Backs the database up, then applies each missing migration in its own transaction. Stopped anywhere, the file
 * holds a whole schema version and every row; the next start offers the rest.
 */
export async function upgradeDeskFile(
  file: string,
  plan: UpgradePlan,
  migrations: readonly Migration[],
  onProgress: (progress: UpgradeProgress) => void,
): Promise<Result<void>> {
  const total = plan.toVersion - plan.fromVersion + 1;
  try {
    const db = openConnection(file);
    try {
      onProgress({ done: 0, total, step: 'backup' });
      const backup = await backUp(db, plan.backupPath);
      if (!backup.ok) return backup;
      for (const migration of migrations) {
        if (migration.version <= schemaVersion(db)) continue;
        onProgress({ done: migration.version - plan.fromVersion, total, step: migration.name });
        // The window hears of the step before the step blocks this thread.
        await setImmediate();
        migrate(db, migrations.slice(0, migration.version));
      }
      onProgress({ done: total, total, step: 'done' });
      return ok(undefined);
    } finally {
      db.close();
    }
  } catch (error) {
    const known = storeError(error);
    if (!known) throw error;
    return err(known);
  }
}
