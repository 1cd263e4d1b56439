import type { Readable } from 'node:stream';
import { appErrorOf, type ErrorCode } from '../../../shared/contract/errors.ts';
import type { ImportItem, ImportSummary } from '../../../shared/contract/system.ts';
import type { DepartmentId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import { splitMbox } from '../mail/receive/mbox.ts';
import { storeError } from '../store/store.ts';
import type { ServiceDeps } from './context.ts';
import { type FoundSource, findSources, type ImportSource } from './importSources.ts';
import { createImportSummary } from './importSummary.ts';
import { applyMail, type MailToImport, type PreparedMail, prepareMail } from './mailIntake.ts';
import { serverOwnedRefusal } from './serverOwned.ts';

/** A mail beyond this is kept, but not read: it would have to be in memory several times over. */
const LARGEST_MAIL = 100 * 1024 * 1024;
/** Of such a mail this much is read, for its headers. */
const LARGE_MAIL_HEAD = 1024 * 1024;
/** Mails made durable while the one before is written: the disk's waits overlap. */
const AHEAD = 8;
const AHEAD_BYTES = 16 * 1024 * 1024;
/** The desk itself is in trouble: going on would fail for every mail that follows. */
const FATAL: ReadonlySet<ErrorCode> = new Set([
  'disk_full',
  'folder_not_writable',
  'database_corrupt',
  'department_not_found',
]);

export interface ImportOptions {
  /** Files and folders on this machine. */
  readonly paths: readonly string[];
  /** Calls the one given file by the name it has for the person. */
  readonly name?: string;
  readonly departmentId?: DepartmentId;
  readonly signal?: AbortSignal;
  /** Bytes done and to do. */
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
}

/**
 * Imports mail from files, mbox files and folders. A broken mail never stops the run: each gets its line in the
 * summary, failures first. A cancelled run keeps what it did and says so; running it again goes on where it
 * stopped, since known mails are duplicates. Errors are the desk's own: disk_full, folder_not_writable, ….
 */
export async function runImport(deps: ServiceDeps, options: ImportOptions): Promise<Result<ImportSummary>> {
  const refusal = serverOwnedRefusal(deps, 'POST /files/import');
  if (refusal) return err(refusal);
  const found = await findSources(options.paths);
  const totalBytes = found.reduce((sum, entry) => sum + (entry.ok ? entry.source.sizeBytes : 0), 0);
  const summary = createImportSummary();
  for await (const step of preparedAhead(deps, stepsOf(found, options))) {
    if (options.signal?.aborted) break;
    const item = await finish(deps, step);
    if (item.ok) {
      if (item.value) summary.add(item.value);
    } else return item;
    options.onProgress?.(step.doneBytes, totalBytes);
  }
  return ok(summary.result(options.signal?.aborted ?? false));
}

/** A mail to import, or the line of something that is none; `doneBytes` of the whole run when it is finished. */
type Step = { readonly doneBytes: number } & (
  | { readonly mail: MailToImport }
  | { readonly item: ImportItem | null }
);
type PreparedStep = { readonly doneBytes: number } & (
  | { readonly source: string; readonly prepared: PreparedMail | { readonly thrown: unknown } }
  | { readonly item: ImportItem | null }
);

async function* stepsOf(found: readonly FoundSource[], options: ImportOptions): AsyncGenerator<Step> {
  let before = 0;
  for (const entry of found) {
    if (!entry.ok) {
      yield { doneBytes: before, item: failure(entry.name, entry.reason) };
      continue;
    }
    const { source } = entry;
    const name = options.name ?? source.name;
    const doneBytes = before + source.sizeBytes;
    try {
      yield* source.isMbox
        ? mailsOfMbox(source, name, before, options)
        : mailOfFile(source, name, doneBytes, options);
      yield { doneBytes, item: null };
    } catch {
      yield { doneBytes, item: failure(name, 'this file could not be read to its end') };
    }
    before = doneBytes;
  }
}

async function* mailOfFile(
  source: ImportSource,
  name: string,
  doneBytes: number,
  options: ImportOptions,
): AsyncGenerator<Step> {
  const isCut = source.sizeBytes > LARGEST_MAIL;
  const raw = await readAll(isCut ? source.open({ start: 0, end: LARGE_MAIL_HEAD - 1 }) : source.open());
  yield { doneBytes, mail: toImport(raw, name, options, isCut ? () => source.open() : null) };
}

async function* mailsOfMbox(
  source: ImportSource,
  name: string,
  before: number,
  options: ImportOptions,
): AsyncGenerator<Step> {
  const { signal } = options;
  let number = 0;
  const mails = splitMbox(source.open(), { largestBytes: LARGEST_MAIL, ...(signal ? { signal } : {}) });
  for await (const { raw, offset, lengthBytes, isCut } of mails) {
    number += 1;
    const whole = isCut ? () => source.open({ start: offset, end: offset + lengthBytes - 1 }) : null;
    const mail = toImport(
      isCut ? raw.subarray(0, LARGE_MAIL_HEAD) : raw,
      `${name} #${number}`,
      options,
      whole,
    );
    yield { doneBytes: before + offset + lengthBytes, mail };
  }
  if (number === 0 && !signal?.aborted)
    yield { doneBytes: before, item: failure(name, 'no mail in this file') };
}

function toImport(
  raw: Buffer,
  source: string,
  { departmentId }: ImportOptions,
  wholeMail: (() => Readable) | null,
): MailToImport {
  return {
    raw,
    source,
    ...(departmentId === undefined ? {} : { departmentId }),
    ...(wholeMail ? { wholeMail } : {}),
  };
}

function failure(source: string, reason: string): ImportItem {
  return { source, outcome: 'failed', ticketId: null, reason };
}

/** The steps in their order, the next few already prepared. */
async function* preparedAhead(deps: ServiceDeps, steps: AsyncGenerator<Step>): AsyncGenerator<PreparedStep> {
  const waiting: { ready: Promise<PreparedStep>; bytes: number }[] = [];
  let bytes = 0;
  let isMore = true;
  while (isMore || waiting.length > 0) {
    while (isMore && waiting.length < AHEAD && bytes < AHEAD_BYTES) {
      const next = await steps.next();
      isMore = !next.done;
      if (next.done) break;
      const size = 'mail' in next.value ? next.value.mail.raw.length : 0;
      waiting.push({ ready: prepareStep(deps, next.value), bytes: size });
      bytes += size;
    }
    const first = waiting.shift();
    if (!first) return;
    bytes -= first.bytes;
    yield await first.ready;
  }
}

async function prepareStep(deps: ServiceDeps, step: Step): Promise<PreparedStep> {
  if (!('mail' in step)) return step;
  const { doneBytes, mail } = step;
  // A rejected promise that nobody awaits yet would end the process.
  const prepared = await prepareMail(deps, mail).catch((thrown: unknown) => ({ thrown }));
  return { doneBytes, source: mail.source, prepared };
}

/** The line of a finished step; an error only when the desk can't go on. */
async function finish(deps: ServiceDeps, step: PreparedStep): Promise<Result<ImportItem | null>> {
  if ('item' in step) return ok(step.item);
  const result = await attempt(deps, step.source, step.prepared);
  if (result.ok || FATAL.has(result.error.code)) return result;
  return ok(failure(step.source, result.error.message));
}

async function attempt(
  deps: ServiceDeps,
  source: string,
  prepared: PreparedMail | { readonly thrown: unknown },
): Promise<Result<ImportItem>> {
  try {
    if ('thrown' in prepared) throw prepared.thrown;
    return await applyMail(deps, prepared);
  } catch (error) {
    const known = storeError(error);
    if (known) return err(known);
    // A mistake of ours must not cost the mails that follow; the source still has this one.
    deps.log.error('import_mail_failed', { source, error });
    return err(appErrorOf('internal'));
  }
}

async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk)));
  return Buffer.concat(chunks);
}
