import type { Attachment } from '../../../../shared/contract/queues.ts';
import { sizeText } from '../../composer/index.ts';
import { typeName } from './attachmentKind.ts';

/** Under a file's name: what it is, and in a remote workspace where its bytes are. */
export function attachmentLine(attachment: Attachment, isRemote: boolean): string {
  const { name, mediaType, sizeBytes, place } = attachment;
  const size = sizeText(sizeBytes);
  switch (place) {
    case 'here':
      return isRemote ? `${size} · on this desk` : `${typeName(name, mediaType)} · ${size}`;
    case 'server':
      return `${size} · on the server`;
    case 'asked':
      return 'Waits to be fetched';
    case 'gone':
      return 'No longer on the server';
  }
}
