import { type AppError, appErrorOf } from '../../../../shared/contract/errors.ts';
import type { Attachment } from '../../../../shared/contract/queues.ts';
import { errorOfBody } from '../../../api/errors.ts';
import { attachmentUrl } from '../../../api/files.ts';
import { desktop } from '../../../desktop/index.ts';

async function fetched(url: string, headers: Record<string, string>): Promise<Response | AppError> {
  try {
    const response = await fetch(url, { headers });
    // An empty file can't satisfy any range (RFC 9110 14.2), and is there all the same.
    if (response.ok || response.status === 416) return response;
    return errorOfBody(await response.text());
  } catch {
    return appErrorOf('core_unreachable');
  }
}

/** Why an attachment can't be had, or null. A download link would save the words of the error as the file. */
export async function attachmentProblem(attachment: Attachment): Promise<AppError | null> {
  const answer = await fetched(attachmentUrl(attachment.id), { range: 'bytes=0-0' });
  if (!(answer instanceof Response)) return answer;
  await answer.body?.cancel();
  return null;
}

/** Saves an attachment where the person wants it; the error when it is not there any more. */
export async function saveAttachment(attachment: Attachment): Promise<AppError | null> {
  const problem = await attachmentProblem(attachment);
  if (problem) return problem;
  await desktop.saveFile(attachmentUrl(attachment.id, 'save'), attachment.name);
  return null;
}

const TEXT_BYTES = 512 * 1024;

/** The beginning of a text attachment. */
export async function attachmentText(
  attachment: Attachment,
): Promise<{ text: string; isCut: boolean } | AppError> {
  const answer = await fetched(attachmentUrl(attachment.id), { range: `bytes=0-${TEXT_BYTES - 1}` });
  if (!(answer instanceof Response)) return answer;
  const text = answer.status === 416 ? '' : await answer.text();
  return { text, isCut: attachment.sizeBytes > TEXT_BYTES };
}
