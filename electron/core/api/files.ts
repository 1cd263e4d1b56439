import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type AppError, appErrorOf, type ErrorCode } from '../../../shared/contract/errors.ts';
import { attachmentId, messageId, staffId, uploadId } from '../../../shared/model/ids.ts';
import type { Result } from '../../../shared/util/result.ts';
import type { StaffActor } from '../domain/actor.ts';
import { avatarContent, setAvatar } from '../services/avatars.ts';
import { addUpload } from '../services/drafts.ts';
import { startImportUpload } from '../services/importUpload.ts';
import {
  attachmentContent,
  type FileContent,
  mailDocument,
  uploadContent,
} from '../services/messageFiles.ts';
import type { Services } from '../services/services.ts';
import { contentDisposition, FILE_CSP, inlineType, parseRange } from './download.ts';
import { MAIL_CSP, mailPage } from './mailPage.ts';

/** Who asks, on which open desk; answers itself and returns null when nobody may. */
export type Admit = (
  request: FastifyRequest,
  reply: FastifyReply,
) => { services: Services; actor: StaffActor } | null;

const STATUS: Partial<Record<ErrorCode, number>> = {
  signed_out: 401,
  forbidden: 403,
  origin_refused: 403,
  not_found: 404,
  ticket_not_found: 404,
  message_not_found: 404,
  attachment_not_found: 404,
  upload_not_found: 404,
  attachment_file_gone: 410,
  attachment_gone_on_server: 410,
  body_too_large: 413,
  file_too_large: 413,
  disk_full: 507,
  internal: 500,
};

export function sendError(reply: FastifyReply, error: AppError): FastifyReply {
  return reply
    .code(STATUS[error.code] ?? 400)
    .header('cache-control', 'no-store')
    .send({ error });
}

const fileName = z.object({ name: z.string().min(1).max(1000) });
const attachmentParam = z.object({ id: z.coerce.number().pipe(attachmentId) });
const uploadParam = z.object({ id: z.coerce.number().pipe(uploadId) });
const staffParam = z.object({ id: z.coerce.number().pipe(staffId) });
const messageParam = z.object({ id: z.coerce.number().pipe(messageId) });

/** Attachments, uploads, mail documents and dropped mail files: whatever is not JSON. */
export function registerFiles(app: FastifyInstance, admit: Admit): void {
  // Every body is a raw stream here, whatever its type says.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

  app.post('/files/uploads', { bodyLimit: Number.MAX_SAFE_INTEGER }, async (request, reply) => {
    const who = admit(request, reply);
    if (!who) return reply;
    const query = fileName.safeParse(request.query);
    if (!query.success) return sendError(reply, appErrorOf('name_missing', { field: 'name' }));
    const mediaType = mediaTypeOf(request.headers['content-type']);
    const content = bodyOf(request);
    return answer(
      reply,
      await addUpload(who.services.deps, who.actor, { name: query.data.name, mediaType, content }),
    );
  });

  app.post('/files/import', { bodyLimit: Number.MAX_SAFE_INTEGER }, async (request, reply) => {
    const who = admit(request, reply);
    if (!who) return reply;
    const query = fileName.safeParse(request.query);
    if (!query.success) return sendError(reply, appErrorOf('name_missing', { field: 'name' }));
    return answer(
      reply,
      await startImportUpload(who.services, who.actor.staffId, query.data.name, bodyOf(request)),
    );
  });

  app.get('/files/attachments/:id', async (request, reply) => {
    const who = admit(request, reply);
    if (!who) return reply;
    const params = attachmentParam.safeParse(request.params);
    if (!params.success) return sendError(reply, appErrorOf('attachment_not_found'));
    return sendFile(request, reply, await attachmentContent(who.services.deps, who.actor, params.data.id));
  });

  app.get('/files/uploads/:id', async (request, reply) => {
    const who = admit(request, reply);
    if (!who) return reply;
    const params = uploadParam.safeParse(request.params);
    if (!params.success) return sendError(reply, appErrorOf('upload_not_found'));
    return sendFile(request, reply, await uploadContent(who.services.deps, who.actor, params.data.id));
  });

  registerAvatars(app, admit);

  app.get('/files/mail/:id', (request, reply) => sendMail(admit, request, reply));
}

function registerAvatars(app: FastifyInstance, admit: Admit): void {
  app.post('/files/avatar', { bodyLimit: Number.MAX_SAFE_INTEGER }, async (request, reply) => {
    const who = admit(request, reply);
    if (!who) return reply;
    return answer(reply, await setAvatar(who.services.deps, who.actor, bodyOf(request)));
  });

  app.get('/files/avatars/:id', async (request, reply) => {
    const who = admit(request, reply);
    if (!who) return reply;
    const params = staffParam.safeParse(request.params);
    if (!params.success) return sendError(reply, appErrorOf('not_found'));
    return sendFile(request, reply, await avatarContent(who.services.deps, params.data.id));
  });
}

const mailQuery = z.object({
  images: z.literal('1').optional(),
  theme: z.enum(['light', 'dark']).optional(),
});

function sendMail(admit: Admit, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const who = admit(request, reply);
  if (!who) return reply;
  const params = messageParam.safeParse(request.params);
  const query = mailQuery.safeParse(request.query);
  if (!params.success || !query.success) return sendError(reply, appErrorOf('message_not_found'));
  const document = mailDocument(who.services.deps, who.actor, params.data.id);
  if (!document.ok) return sendError(reply, document.error);
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', MAIL_CSP[query.data.images === '1' ? 'withImages' : 'plain'])
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'private, no-store')
    .send(mailPage(document.value, query.data.theme ?? 'light'));
}

/** An empty file of a type that the browser does not know comes without type and length: no body for Fastify. */
function bodyOf(request: FastifyRequest): Readable {
  return request.body instanceof Readable ? request.body : Readable.from([]);
}

function mediaTypeOf(header: string | undefined): string {
  const type = (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : 'application/octet-stream';
}

function answer<T>(reply: FastifyReply, result: Result<T>): FastifyReply {
  if (result.ok) return reply.header('cache-control', 'no-store').send(result.value);
  // The rest of a refused body is not read: the connection must not be used again.
  reply.header('connection', 'close');
  return sendError(reply, result.error);
}

/** Chromium's PDF viewer refuses to start under `sandbox` and embeds the file in a page of its own. */
const PDF_CSP = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'";

function sendFile(request: FastifyRequest, reply: FastifyReply, found: Result<FileContent>): FastifyReply {
  if (!found.ok) return sendError(reply, found.error);
  const { name, mediaType, sizeBytes, open } = found.value;
  const isDownload = (request.query as { download?: string }).download !== undefined;
  const shown = isDownload ? null : inlineType(mediaType);
  const range = parseRange(request.headers.range, sizeBytes);
  reply
    .header('content-type', shown ?? 'application/octet-stream')
    .header('content-disposition', contentDisposition(shown ? 'inline' : 'attachment', name))
    .header('content-security-policy', shown === 'application/pdf' ? PDF_CSP : FILE_CSP)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, max-age=31536000, immutable')
    // What one person's browser kept is not shown to the next who signs in there.
    .header('vary', 'cookie')
    .header('accept-ranges', 'bytes');
  if (range === 'unsatisfiable') {
    return reply.code(416).header('content-range', `bytes */${sizeBytes}`).send();
  }
  if (range === null) return reply.header('content-length', sizeBytes).send(open());
  return reply
    .code(206)
    .header('content-range', `bytes ${range.start}-${range.end}/${sizeBytes}`)
    .header('content-length', range.end - range.start + 1)
    .send(open(range));
}
