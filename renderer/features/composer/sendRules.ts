import type { AppError } from '../../../shared/contract/errors.ts';
import { announcedAttachment } from './attachmentReminder.ts';
import { isEmptyHtml, ownText } from './cleanHtml.ts';
import { type DraftFile, isUploading } from './fileList.ts';

export const EMPTY_BLOCK = 'Nothing written yet';
/** Why nothing written to the customer of a ticket can leave that the server has deleted. */
export const GONE_BLOCK = 'The server has deleted this ticket';

/** Why sending has to wait, in words; null = it may go. */
export function sendBlock(html: string, files: readonly DraftFile[]): string | null {
  if (isUploading(files)) {
    const count = files.filter((file) => file.state === 'uploading').length;
    return count === 1 ? 'Waiting for 1 file' : `Waiting for ${count} files`;
  }
  // A file alone says nothing about what it is for, but it is a message.
  return isEmptyHtml(html) && !files.some((file) => file.state === 'done') ? EMPTY_BLOCK : null;
}

/** What stands between «Send» and sending: a question, or what went wrong. */
export type SendQuestion =
  | { readonly kind: 'attachment'; readonly word: string }
  | { readonly kind: 'failed_files'; readonly count: number }
  | { readonly kind: 'newer'; readonly count: number }
  | { readonly kind: 'gone' }
  | { readonly kind: 'error'; readonly error: AppError };

/** What to ask before a reply leaves. */
export function questionBeforeSend(html: string, files: readonly DraftFile[]): SendQuestion | null {
  const failed = files.filter((file) => file.state === 'failed').length;
  if (failed > 0) return { kind: 'failed_files', count: failed };
  const word = files.length === 0 && !/<img\b/i.test(html) ? announcedAttachment(ownText(html)) : null;
  return word === null ? null : { kind: 'attachment', word };
}

/** What a refused reply means for the writer. */
export function questionAfterRefusal(error: AppError): SendQuestion {
  const newer = error.details?.newerMessages;
  if (error.code === 'newer_messages') return { kind: 'newer', count: typeof newer === 'number' ? newer : 1 };
  // The core takes a draft with its message: a draft that is gone left once already, or was thrown away.
  return error.code === 'draft_not_found' ? { kind: 'gone' } : { kind: 'error', error };
}
