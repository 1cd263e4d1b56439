import { buffer } from 'node:stream/consumers';
import type { AttachmentRecord } from '../../store/repositories/messages.ts';
import type { SyncContext } from '../context.ts';
import type { FileToSend } from '../remote.ts';

/** Files with their bytes; null when one is gone from this desk: the message must not leave without it. */
export async function filesToSend(
  { deps }: SyncContext,
  attached: readonly AttachmentRecord[],
): Promise<FileToSend[] | null> {
  const files: FileToSend[] = [];
  for (const { name, mediaType, sha256 } of attached) {
    if ((await deps.files.sizeOf(sha256)) === null) return null;
    files.push({ name, mediaType, content: await buffer(deps.files.read(sha256)) });
  }
  return files;
}
