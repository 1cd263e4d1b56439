import type { IncomingHttpHeaders } from 'node:http';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import type { OpenedAttachment } from '../../services/attachments.ts';
import { contentDisposition, FILE_CSP, parseRange } from '../download.ts';
import { type Answer, failure } from './answers.ts';

/**
 * A stored file as it is, whole or one range of it. Never as a page: whatever it says that it is, it comes as a
 * download of unknown bytes.
 */
export function fileAnswer(
  { attachment, sizeBytes, read }: OpenedAttachment,
  request: IncomingHttpHeaders,
): Answer {
  const ETag = `"${attachment.sha256}"`;
  const headers = {
    ETag,
    'Accept-Ranges': 'bytes',
    'Content-Disposition': contentDisposition('attachment', attachment.name),
    'Content-Security-Policy': FILE_CSP,
    'X-Content-Type-Options': 'nosniff',
  };
  const contentType = 'application/octet-stream';
  // A part of what is another file by now would be worse than the whole.
  const isSameFile = request['if-range'] === undefined || request['if-range'] === ETag;
  const range = isSameFile ? parseRange(request.range, sizeBytes) : null;
  if (range === 'unsatisfiable') {
    const message = 'The range lies outside of the file.';
    const refused = failure(appErrorOf('invalid_input', { field: 'Range', message }));
    return { ...refused, status: 416, headers: { 'Content-Range': `bytes */${sizeBytes}` } };
  }
  if (range === null) {
    const length = { 'Content-Length': String(sizeBytes) };
    return { status: 200, contentType, body: read(), headers: { ...headers, ...length } };
  }
  const { start, end } = range;
  const part = {
    'Content-Range': `bytes ${start}-${end}/${sizeBytes}`,
    'Content-Length': String(end - start + 1),
  };
  return { status: 206, contentType, body: read(range), headers: { ...headers, ...part } };
}
