import { Readable } from 'node:stream';
import type { AppError } from '../../../../shared/contract/errors.ts';
import { ok, type Result } from '../../../../shared/util/result.ts';
import { safeFileName } from '../../domain/fileName.ts';
import { keepStaged, releaseFiles, type StagedFile, stageFile } from '../../services/attachments.ts';
import type { ServiceDeps } from '../../services/context.ts';
import type { FileForMessage } from '../../services/messageWriter.ts';
import { getSettings } from '../../services/settings.ts';
import { HEAD_BYTES, judgeFile } from './fileType.ts';
import type { PartStream } from './multipart.ts';
import { fileTooBig, TEXT } from './texts.ts';

export interface UploadRules {
  readonly isOn: boolean;
  readonly files: number;
  readonly maxFileBytes: number;
  readonly types: readonly string[];
  readonly allFilesBytes: number;
}

/** The desk's settings for files that come through the API (behaviour.md 3.1). */
export function uploadRules(deps: ServiceDeps): UploadRules {
  const settings = getSettings(deps);
  const isOn = settings.attachmentsEnabled;
  return {
    isOn,
    files: settings.attachmentsPerMessage,
    maxFileBytes: settings.attachmentMaxBytes,
    types: settings.attachmentTypes,
    allFilesBytes: isOn ? settings.attachmentsPerMessage * settings.attachmentMaxBytes : 0,
  };
}

interface Upload {
  readonly name: string;
  readonly mediaType: string;
  readonly isAllowed: boolean;
  readonly isTooBig: boolean;
  readonly staged: StagedFile;
}

/** The files of one request; discard ends it, whether they were kept and have their rows or not. */
export interface Uploads {
  readonly maxFileBytes: number;
  file(field: string, fileName: string, content: PartStream): Promise<AppError | undefined>;
  /** The reference's words for the first file that may not come in. */
  problem(): string | undefined;
  /** Names and hashes of what was uploaded. */
  contents(): readonly string[];
  keep(): Promise<Result<FileForMessage[]>>;
  discard(): Promise<void>;
}

/** The documentation's name, and the two that make the reference fail. */
const FIELD = /^attachment(?:\[\d*\])?$/;

/** Each file is judged on its own: an empty part never excuses the next (behaviour.md 3.1). */
export function createUploads(deps: ServiceDeps, rules: UploadRules): Uploads {
  const uploads: Upload[] = [];
  const waiting = new Set<StagedFile>();
  const kept: string[] = [];
  let taken = 0;
  return {
    maxFileBytes: rules.maxFileBytes,
    file: async (field, fileName, content) => {
      // No file was chosen: browsers send an empty name then.
      if (!rules.isOn || !FIELD.test(field) || fileName === '') {
        content.resume();
        return undefined;
      }
      const index = taken;
      taken += 1;
      const upload = await take(deps, rules, fileName, content);
      if (!upload.ok) return upload.error;
      waiting.add(upload.value.staged);
      uploads[index] = upload.value;
      return undefined;
    },
    // Types come before sizes, as the reference's rules do.
    problem: () => {
      if (uploads.some((upload) => !upload.isAllowed)) return TEXT.fileNotAllowed;
      return uploads.some((upload) => upload.isTooBig) ? fileTooBig(rules.maxFileBytes) : undefined;
    },
    contents: () => uploads.map(({ name, staged }) => `${staged.sha256} ${name}`),
    // Files beyond the desk's number are dropped, as in the reference.
    keep: async () => {
      const files = await keepAll(deps, uploads.slice(0, rules.files), waiting);
      if (files.ok) kept.push(...files.value.map((file) => file.sha256));
      return files;
    },
    discard: async () => {
      await Promise.all([...waiting].map((staged) => staged.discard()));
      waiting.clear();
      releaseFiles(deps, kept.splice(0));
    },
  };
}

async function take(
  deps: ServiceDeps,
  rules: UploadRules,
  fileName: string,
  content: PartStream,
): Promise<Result<Upload>> {
  const head: Buffer[] = [];
  const staged = await stageFile(deps, Readable.from(withHead(content, head), { objectMode: false }));
  if (!staged.ok) return staged;
  const name = safeFileName(fileName);
  const judged = await judgeFile(name, Buffer.concat(head).subarray(0, HEAD_BYTES), rules.types);
  const isTooBig = content.truncated || staged.value.sizeBytes > rules.maxFileBytes;
  return ok({ name, ...judged, isTooBig, staged: staged.value });
}

async function keepAll(
  deps: ServiceDeps,
  uploads: readonly Upload[],
  waiting: Set<StagedFile>,
): Promise<Result<FileForMessage[]>> {
  const files: FileForMessage[] = [];
  for (const { name, mediaType, staged } of uploads) {
    waiting.delete(staged);
    const kept = await keepStaged(staged);
    if (!kept.ok) {
      releaseFiles(
        deps,
        files.map((file) => file.sha256),
      );
      return kept;
    }
    files.push({ name, mediaType, ...kept.value, contentId: null, isInline: false });
  }
  return ok(files);
}

async function* withHead(content: Readable, head: Buffer[]): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of content) {
    if (bytes < HEAD_BYTES) head.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    yield chunk as Buffer;
  }
}
