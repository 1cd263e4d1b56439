import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { Job } from '../../../shared/contract/system.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import { safeFileName } from '../domain/fileName.ts';
import { storeError } from '../store/store.ts';
import { runImport } from './importJob.ts';
import type { Services } from './services.ts';

/**
 * Imports a mail file that was dropped on the window: spooled to disk first, then worked on as a job whose
 * progress comes as events. Answers file_too_large, disk_full, file_unreadable.
 */
export async function startImportUpload(
  services: Services,
  name: string,
  content: Readable,
): Promise<Result<Job>> {
  const shown = safeFileName(name);
  const spooled = await spool(services, shown, content);
  if (!spooled.ok) return spooled;
  const { folder, path } = spooled.value;
  const { job, finished } = services.jobs.start({
    kind: 'import',
    label: shown,
    run: ({ signal, progress }) =>
      runImport(services.deps, { paths: [path], name: shown, signal, onProgress: progress }),
  });
  void finished.then(() => rm(folder, { recursive: true, force: true }));
  return ok(job);
}

async function spool(
  services: Services,
  name: string,
  content: Readable,
): Promise<Result<{ folder: string; path: string }>> {
  await mkdir(services.spoolDir, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(services.spoolDir, 'import-'));
  // Only the suffix of the sender's name is used: it tells an mbox from a single mail.
  const path = join(folder, `mail${/\.[a-z]{1,5}$/i.exec(name)?.[0] ?? ''}`);
  try {
    await pipeline(content, limited, createWriteStream(path, { mode: 0o600, flush: true }));
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
