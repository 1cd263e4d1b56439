// Upgrades the desk in argv[2] by one more migration that never ends, and says so: the test kills it there.
import { dataFolder } from '../../electron/core/host/dataFolder.ts';
import { readMigrations } from '../../electron/core/store/migrate.ts';
import { planUpgrade, upgradeDeskFile } from '../../electron/core/store/upgrade.ts';

const [, , dataDir = '', from = ''] = process.argv;
const folder = dataFolder(dataDir);
const known = readMigrations();
const endless = `ALTER TABLE tickets ADD COLUMN half_done TEXT;
  CREATE TABLE half_done (number INTEGER) STRICT;
  INSERT INTO half_done WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n`;
const migrations = [...known, { version: known.length + 1, name: 'endless', sql: endless }];
const plan = planUpgrade(Number(from), migrations.length, folder.backups, Date.now());
await upgradeDeskFile(folder.database, plan, migrations, ({ step }) => {
  process.stdout.write(`${step}\n`);
});
