import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { Job } from '../../../shared/contract/system.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { StaffId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import { safeFileName } from '../domain/fileName.ts';
import { storeError } from '../store/store.ts';
import { runImport } from './importJob.ts';
import { DESK_CLOSES } from './jobs.ts';
import { serverOwnedRefusal } from './serverOwned.ts';
import type { Services } from './services.ts';

const FOLDER_PREFIX = 'import-';
/** A file whose upload has not ended. */
const PART = '.part';
/** Folders that this open desk made: whatever else lies in the spool was left by one before it. */
const ownFolders = new WeakMap<Services, Set<string>>();

/**
 * Imports a mail file that was dropped on the window: spooled to disk first, then worked on as a job whose
 * progress comes as events. Answers file_too_large, disk_full, file_unreadable.
 */
export async function startImportUpload(
  services: Services,
  startedBy: StaffId,
  name: string,
  content: Readable,
): Promise<Result<Job>> {
  const refusal = serverOwnedRefusal(services.deps, 'POST /files/import');
  if (refusal) return err(refusal);
  const shown = safeFileName(name);
  const spooled = await spool(services, shown, content);
  if (!spooled.ok) return spooled;
  return ok(startSpooled(services, spooled.value, shown, startedBy));
}

/** Takes up the imports that a kill or the end of the program interrupted; mails known already are duplicates. */
export async function resumeImports(services: Services): Promise<void> {
  for (const entry of await readdir(services.spoolDir, { withFileTypes: true })) {
    if (!entry.isDirectory() || !entry.name.startsWith(FOLDER_PREFIX)) continue;
    const folder = join(services.spoolDir, entry.name);
    if (ownFolders.get(services)?.has(folder)) continue;
    const whole = (await readdir(folder)).find((name) => !name.endsWith(PART));
    // Its upload broke off: nobody was told that it is here.
    if (whole === undefined) await rm(folder, { recursive: true, force: true });
    else startSpooled(services, { folder, path: join(folder, whole) }, whole, null);
  }
}

interface Spooled {
  readonly folder: string;
  readonly path: string;
}

function startSpooled(
  services: Services,
  { folder, path }: Spooled,
  shown: string,
  startedBy: StaffId | null,
): Job {
  let isInterrupted = false;
  const { job, finished } = services.jobs.start({
    kind: 'import',
    label: shown,
    startedBy,
    run: async ({ signal, progress }) => {
      const result = await runImport(services.deps, {
        paths: [path],
        name: shown,
        signal,
        onProgress: progress,
      });
      isInterrupted = signal.reason === DESK_CLOSES;
      return result;
    },
  });
  void finished
    .then(() => (isInterrupted ? undefined : rm(folder, { recursive: true, force: true })))
    // Somebody looks into it (Windows): the next start takes it up again, and every mail is known by then.
    .catch((error: unknown) => services.deps.log.warn('spool_not_removed', { error }));
  return job;
}

async function spool(services: Services, name: string, content: Readable): Promise<Result<Spooled>> {
  await mkdir(services.spoolDir, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(services.spoolDir, FOLDER_PREFIX));
  ownFolders.set(services, (ownFolders.get(services) ?? new Set()).add(folder));
  // Only the suffix of the sender's name is used: it tells an mbox from a single mail.
  const path = join(folder, `mail${/\.[a-z]{1,5}$/i.exec(name)?.[0] ?? ''}`);
  try {
    await pipeline(content, limited, createWriteStream(path + PART, { mode: 0o600, flush: true }));
    await rename(path + PART, path);
    return ok({ folder, path });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    if (error instanceof TooLarge)
      return err(appErrorOf('file_too_large', { details: { limitBytes: LIMITS.importBytes } }));
    return err(storeError(error) ?? appErrorOf('file_unreadable'));
  }
}

class TooLarge extends Error {}

async function* limited(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let sizeBytes = 0;
  for await (const chunk of source) {
    sizeBytes += chunk.length;
    if (sizeBytes > LIMITS.importBytes) throw new TooLarge();
    yield chunk;
  }
}
