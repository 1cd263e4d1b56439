import { buffer } from 'node:stream/consumers';
import type { MessageId } from '../../../shared/model/ids.ts';
import type { SyncContext } from './context.ts';
import type { FileToSend } from './remote.ts';

/** The files of a message with their bytes. */
export async function filesToSend({ deps }: SyncContext, id: MessageId): Promise<FileToSend[]> {
  const files: FileToSend[] = [];
  for (const { name, mediaType, sha256 } of deps.store.attachments.byMessage(id)) {
    files.push({ name, mediaType, content: await buffer(deps.files.read(sha256)) });
  }
  return files;
}
