import { Readable } from 'node:stream';
import type { AppError } from '../../../../shared/contract/errors.ts';
import { ok, type Result } from '../../../../shared/util/result.ts';
import { safeFileName } from '../../domain/fileName.ts';
import { keepStaged, type StagedFile, stageFile } from '../../services/attachments.ts';
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

/** The documentation's name, and the two that make the reference fail. */
const FIELD = /^attachment(?:\[\d*\])?$/;

/** The files of one request: each is judged on its own, an empty part never excuses the next (behaviour.md 3.1). */
export function createUploads(deps: ServiceDeps, rules: UploadRules) {
  const uploads: Upload[] = [];
  const waiting = new Set<StagedFile>();
  let taken = 0;

  const take = async (fileName: string, content: PartStream): Promise<AppError | undefined> => {
    const head: Buffer[] = [];
    const index = taken;
    taken += 1;
    const staged = await stageFile(deps, Readable.from(withHead(content, head), { objectMode: false }));
    if (!staged.ok) return staged.error;
    waiting.add(staged.value);
    const name = safeFileName(fileName);
    const judged = await judgeFile(name, Buffer.concat(head).subarray(0, HEAD_BYTES), rules.types);
    const isTooBig = content.truncated || staged.value.sizeBytes > rules.maxFileBytes;
    uploads[index] = { name, ...judged, isTooBig, staged: staged.value };
    return undefined;
  };

  return {
    maxFileBytes: rules.maxFileBytes,
    file: async (field: string, fileName: string, content: PartStream): Promise<AppError | undefined> => {
      // No file was chosen: browsers send an empty name then.
      if (rules.isOn && FIELD.test(field) && fileName !== '') return take(fileName, content);
      content.resume();
      return undefined;
    },
    /** Types come before sizes, as the reference's rules do. */
    problem: (): string | undefined => {
      if (uploads.some((upload) => !upload.isAllowed)) return TEXT.fileNotAllowed;
      return uploads.some((upload) => upload.isTooBig) ? fileTooBig(rules.maxFileBytes) : undefined;
    },
    /** Files beyond the desk's number are dropped, as in the reference. */
    keep: async (): Promise<Result<FileForMessage[]>> => {
      const files: FileForMessage[] = [];
      for (const { name, mediaType, staged } of uploads.slice(0, rules.files)) {
        waiting.delete(staged);
        const kept = await keepStaged(staged);
        if (!kept.ok) return kept;
        files.push({ name, mediaType, ...kept.value, contentId: null, isInline: false });
      }
      return ok(files);
    },
    discard: async (): Promise<void> => {
      await Promise.all([...waiting].map((staged) => staged.discard()));
      waiting.clear();
    },
  };
}

async function* withHead(content: Readable, head: Buffer[]): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of content) {
    if (bytes < HEAD_BYTES) head.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    yield chunk as Buffer;
  }
}
