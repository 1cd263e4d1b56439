import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type AppError, appErrorOf } from '../../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';

/** Where things lie in a workspace's folder (design: one desk, one folder). */
export interface DataFolder {
  readonly root: string;
  readonly database: string;
  readonly lock: string;
  readonly attachments: string;
  readonly spool: string;
  readonly backups: string;
  readonly logs: string;
  /** Holds the control socket; its rights keep other users out. */
  readonly run: string;
  readonly runFile: string;
  readonly configFile: string;
  /** Made by hand to unlock the setup of a desk that is set up already. */
  readonly allowSetup: string;
  /** The key of the desk's secrets, where no keychain keeps it. */
  readonly secretKey: string;
}

export function dataFolder(dataDir: string): DataFolder {
  const root = resolve(dataDir);
  return {
    root,
    database: join(root, 'desk.db'),
    lock: join(root, 'lock.db'),
    attachments: join(root, 'attachments'),
    spool: join(root, 'spool'),
    backups: join(root, 'backups'),
    logs: join(root, 'logs'),
    run: join(root, 'run'),
    runFile: join(root, 'run.json'),
    configFile: join(root, 'staffdesk.json'),
    allowSetup: join(root, 'allow-setup'),
    secretKey: join(root, 'secret.key'),
  };
}

/** Makes what is missing, readable for its owner alone: customers' mail lies here. */
export function prepareDataFolder(folder: DataFolder): Result<DataFolder> {
  try {
    for (const path of [
      folder.root,
      folder.attachments,
      folder.spool,
      folder.backups,
      folder.logs,
      folder.run,
    ]) {
      mkdirSync(path, { recursive: true, mode: 0o700 });
    }
    return ok(folder);
  } catch (error) {
    return err(folderError(error, folder.root));
  }
}

function folderError(error: unknown, path: string): AppError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const kind = code === 'ENOSPC' ? 'disk_full' : 'folder_not_writable';
  const plain = appErrorOf(kind);
  return { ...plain, message: `${plain.message} (${path})`, details: { path, cause: code } };
}
