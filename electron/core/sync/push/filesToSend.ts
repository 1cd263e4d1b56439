import type { AttachmentRecord } from '../../store/repositories/messages.ts';
import type { SyncContext } from '../context.ts';
import type { FileToSend } from '../remote.ts';

/** Files as they are read while they are sent; null when one is gone from this desk: the message must not leave without it. */
export async function filesToSend(
  { deps }: SyncContext,
  attached: readonly AttachmentRecord[],
): Promise<FileToSend[] | null> {
  const sizes = await Promise.all(attached.map(({ sha256 }) => deps.files.sizeOf(sha256)));
  if (sizes.includes(null)) return null;
  return attached.map(({ name, mediaType, sizeBytes, sha256 }) => ({
    ...{ name, mediaType, sizeBytes },
    read: () => deps.files.read(sha256),
  }));
}
