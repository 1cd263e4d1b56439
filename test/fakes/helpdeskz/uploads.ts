import type { Call } from './call.ts';
import type { Message } from './state.ts';
import { threeByteText } from './text.ts';
import type { UploadedFile } from './wire.ts';

const MEGABYTE = 1024 * 1024;

/** What finfo makes of a file's first bytes, and the extension that CodeIgniter guesses from it. */
function guess(content: Buffer): { type: string; extension: string } {
  const starts = (...bytes: number[]): boolean => bytes.every((byte, at) => content[at] === byte);
  if (starts(0x89, 0x50, 0x4e, 0x47)) return { type: 'image/png', extension: 'png' };
  if (starts(0xff, 0xd8, 0xff)) return { type: 'image/jpeg', extension: 'jpg' };
  if (starts(0x47, 0x49, 0x46, 0x38)) return { type: 'image/gif', extension: 'gif' };
  if (starts(0x25, 0x50, 0x44, 0x46)) return { type: 'application/pdf', extension: 'pdf' };
  return content.includes(0)
    ? { type: 'application/octet-stream', extension: 'bin' }
    : { type: 'text/plain', extension: 'txt' };
}

function fileProblem(call: Call, { name, content }: UploadedFile): string | null {
  const { uploadMaxMb, fileSizeMb, fileTypes } = call.state.settings;
  if (content.length > uploadMaxMb * MEGABYTE) return 'File is not allowed.';
  if (content.length > fileSizeMb * MEGABYTE) return `File is too big. Maximum size is ${fileSizeMb} MB.`;
  const extension = name.split('.').at(-1)?.toLowerCase() ?? '';
  const isAllowed = fileTypes.includes(extension) && guess(content).extension === extension;
  return isAllowed ? null : 'File is not allowed.';
}

/** The file rule of a create: a missing part is refused, and the check stops at the first empty one (3.1). */
export function uploadProblem(call: Call): string | null {
  if (!call.state.settings.attachments) return null;
  if (call.form.files === null) return 'File is not allowed.';
  for (const file of call.form.files) {
    if (file.name === '') return null;
    const problem = fileProblem(call, file);
    if (problem !== null) return problem;
  }
  return null;
}

/** Stores what came; files beyond the limit are dropped without a word. */
export function storeUploads({ state, form }: Call, message: Message): boolean {
  if (!state.settings.attachments) return false;
  const files = (form.files ?? [])
    .filter(({ name }) => name !== '')
    .slice(0, state.settings.attachmentNumber);
  for (const { name, content } of files) {
    const id = state.nextId.attachment++;
    state.attachments.set(id, {
      id,
      messageId: message.id,
      ticketId: message.ticketId,
      name: threeByteText(name.split(/[/\\]/).at(-1) ?? name),
      filetype: guess(content).type,
      content: Buffer.from(content),
      isFileGone: false,
    });
  }
  if (files.length > 0) state.version += 1;
  return files.length > 0;
}
