import type { Upload } from '../../../shared/contract/drafts.ts';
import type { UploadId } from '../../../shared/model/ids.ts';
import { assertNever } from '../../../shared/util/assertNever.ts';

/** A file of a draft on its way to the core, there, or refused (with the words why). */
export type DraftFile = {
  readonly key: string;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
} & (
  | { readonly state: 'uploading'; readonly sentBytes: number }
  | { readonly state: 'done'; readonly uploadId: UploadId }
  | { readonly state: 'failed'; readonly reason: string; readonly canRetry: boolean }
);

export type FileAction =
  | { type: 'load'; uploads: readonly Upload[] }
  | { type: 'start'; key: string; name: string; mediaType: string; sizeBytes: number }
  | { type: 'refuse'; key: string; name: string; mediaType: string; sizeBytes: number; reason: string }
  | { type: 'progress'; key: string; sentBytes: number }
  | { type: 'done'; key: string; upload: Upload }
  | { type: 'fail'; key: string; reason: string }
  | { type: 'retry'; key: string }
  | { type: 'remove'; key: string };

function plain({ key, name, mediaType, sizeBytes }: DraftFile) {
  return { key, name, mediaType, sizeBytes };
}

function fromUpload(upload: Upload): DraftFile {
  const { name, mediaType, sizeBytes } = upload;
  return { key: `upload-${upload.id}`, name, mediaType, sizeBytes, state: 'done', uploadId: upload.id };
}

function change(
  files: readonly DraftFile[],
  key: string,
  to: (file: DraftFile) => DraftFile,
): readonly DraftFile[] {
  return files.map((file) => (file.key === key ? to(file) : file));
}

/** The life of a draft's files: uploading → done, or failed → (retry) uploading; removed at any time. */
export function reduceFiles(files: readonly DraftFile[], action: FileAction): readonly DraftFile[] {
  switch (action.type) {
    case 'load':
      return action.uploads.map(fromUpload);
    case 'start': {
      const { key, name, mediaType, sizeBytes } = action;
      return [...files, { key, name, mediaType, sizeBytes, state: 'uploading', sentBytes: 0 }];
    }
    case 'refuse': {
      const { key, name, mediaType, sizeBytes, reason } = action;
      return [...files, { key, name, mediaType, sizeBytes, state: 'failed', reason, canRetry: false }];
    }
    case 'progress':
      // Late news of a file that is done, failed or gone changes nothing.
      return change(files, action.key, (file) =>
        file.state === 'uploading'
          ? { ...file, sentBytes: Math.min(file.sizeBytes, Math.max(file.sentBytes, action.sentBytes)) }
          : file,
      );
    case 'done':
      return change(files, action.key, (file) =>
        file.state === 'uploading' ? { ...fromUpload(action.upload), key: file.key } : file,
      );
    case 'fail':
      return change(files, action.key, (file) =>
        file.state === 'uploading'
          ? { ...plain(file), state: 'failed', reason: action.reason, canRetry: true }
          : file,
      );
    case 'retry':
      return change(files, action.key, (file) =>
        file.state === 'failed' && file.canRetry
          ? { ...plain(file), state: 'uploading', sentBytes: 0 }
          : file,
      );
    case 'remove':
      return files.filter((file) => file.key !== action.key);
    default:
      return assertNever(action);
  }
}

/** The files that would go with the message, in the order they were added. */
export function uploadedIds(files: readonly DraftFile[]): UploadId[] {
  return files.flatMap((file) => (file.state === 'done' ? [file.uploadId] : []));
}

export function isUploading(files: readonly DraftFile[]): boolean {
  return files.some((file) => file.state === 'uploading');
}

/** 0…100, whole numbers; an empty file counts as there once it is sent. */
export function uploadPercent(file: DraftFile): number {
  if (file.state === 'done') return 100;
  if (file.state === 'failed' || file.sizeBytes === 0) return 0;
  return Math.floor((file.sentBytes / file.sizeBytes) * 100);
}
