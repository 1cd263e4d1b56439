import { z } from 'zod';
import type { StaffMember } from '../../shared/contract/desk.ts';
import { type Upload, upload } from '../../shared/contract/drafts.ts';
import { appErrorOf } from '../../shared/contract/errors.ts';
import { type Job, job } from '../../shared/contract/system.ts';
import { err, ok, type Result } from '../../shared/util/result.ts';
import { errorOfBody } from './errors.ts';

export type TransferOptions = {
  /** 0 to 1. */
  onProgress?: (fraction: number) => void;
  signal?: AbortSignal;
};

/** Sends one file of a draft; the answer is kept on the core's disk before it arrives here. */
export function uploadFile(file: File, options: TransferOptions = {}): Promise<Result<Upload>> {
  return send(`/files/uploads?name=${encodeURIComponent(file.name)}`, file, upload, options);
}

const avatarDone = z.object({ avatar: z.string() });

/** Makes a picture one's own. */
export function uploadAvatar(file: File): Promise<Result<z.infer<typeof avatarDone>>> {
  return send('/files/avatar', file, avatarDone, {});
}

/** Where a staff member's picture is; null = they have none. Another picture has another address. */
export function avatarUrl(staff: Pick<StaffMember, 'id' | 'avatar'> | undefined): string | null {
  return staff && staff.avatar !== null ? `/files/avatars/${staff.id}?v=${staff.avatar}` : null;
}

/** Hands a .eml or .mbox file to the core; what became of it comes as `job` events. */
export function importMailFile(file: File, options: TransferOptions = {}): Promise<Result<Job>> {
  return send(`/files/import?name=${encodeURIComponent(file.name)}`, file, job, options);
}

/** Where an attachment is shown, or saved from. */
export function attachmentUrl(attachmentId: number, purpose: 'show' | 'save' = 'show'): string {
  return `/files/attachments/${attachmentId}${purpose === 'save' ? '?download=1' : ''}`;
}

/** Where a file that still waits for its message is shown. */
export function uploadUrl(uploadId: number): string {
  return `/files/uploads/${uploadId}`;
}

/** The purified HTML document of a message, for an iframe. */
export function mailUrl(messageId: number, withRemoteImages = false): string {
  return `/files/mail/${messageId}${withRemoteImages ? '?images=1' : ''}`;
}

// fetch tells nothing about how far an upload is; XMLHttpRequest does.
function send<S extends z.ZodType>(
  url: string,
  file: File,
  schema: S,
  { onProgress, signal }: TransferOptions,
): Promise<Result<z.output<S>>> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve(err(appErrorOf('cancelled')));
      return;
    }
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open('POST', url);
    request.setRequestHeader('content-type', file.type || 'application/octet-stream');
    request.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) onProgress?.(event.loaded / event.total);
    };
    request.onload = () => resolve(answerOf(request, schema));
    request.onerror = () => resolve(err(appErrorOf('core_unreachable')));
    request.onabort = () => resolve(err(appErrorOf('cancelled')));
    request.onloadend = () => signal?.removeEventListener('abort', abort);
    signal?.addEventListener('abort', abort);
    request.send(file);
  });
}

function answerOf<S extends z.ZodType>(request: XMLHttpRequest, schema: S): Result<z.output<S>> {
  if (request.status < 200 || request.status >= 300) return err(errorOfBody(request.responseText));
  try {
    const parsed = schema.safeParse(JSON.parse(request.responseText));
    if (parsed.success) return ok(parsed.data);
  } catch {
    // Not JSON: said below.
  }
  return err(appErrorOf('internal'));
}
