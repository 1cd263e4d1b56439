import { z } from 'zod';
import { TEXT } from '../../helpdeskz/texts.ts';
import { type ApiCall, components, digits, number, said, success, text } from '../call.ts';
import { LIST, WHOLE_ERRORS } from '../lists.ts';

const name = text('Name of the file, as it was given: escape it before you show it.', 'picture.png');
const filetype = text('Media type.', 'image/png');
const size = digits('Size in bytes.', '75');

const attachment = z
  .object({
    id: digits('Number of the attachment.'),
    name,
    filetype,
    msg_id: digits('Number of its message.'),
    size,
  })
  .register(components, { id: 'Attachment' });

const TAG = { tag: 'Attachments', idOf: 'the attachment' } as const;

export const attachmentCalls: readonly ApiCall[] = [
  {
    ...TAG,
    ...LIST,
    id: 'attachmentsList',
    method: 'GET',
    path: '/api/attachments',
    permission: 'attachments.read',
    summary: 'List attachments',
    description: 'All of them in one answer.',
    query: z.object({
      ticket_id: number('Only of this ticket.', 1).optional(),
      msg_id: number('Only of this message.').optional(),
    }),
    answer: success({ files: z.array(attachment) }),
    errors: WHOLE_ERRORS,
  },
  {
    ...TAG,
    id: 'attachmentsShow',
    method: 'GET',
    path: '/api/attachments/show/{id}',
    aliases: ['/api/attachments/{id}'],
    permission: 'attachments.download',
    summary: 'Show an attachment with its content',
    answer: success({
      name,
      filetype,
      size,
      content: z.string().meta({
        description: 'The whole file, as base64.',
        contentEncoding: 'base64',
        examples: ['iVBORw0KGgo='],
      }),
    }),
    errors: [TEXT.attachmentNotFound, TEXT.attachmentRemoved],
  },
  {
    ...TAG,
    id: 'attachmentsDownload',
    method: 'GET',
    path: '/api/attachments/download/{id}',
    permission: 'attachments.download',
    summary: 'Download an attachment',
    description:
      'The bytes themselves. HelpDeskZ does not have this address, so refusals have HTTP’s own status.',
    headers: ['Range', 'If-Range'],
    answer: { mediaType: 'application/octet-stream', is: 'The file.' },
    errors: [],
    statuses: [206, 404, 410, 416],
    curl: '-o picture.png',
  },
  {
    ...TAG,
    id: 'attachmentsDelete',
    method: 'POST',
    path: '/api/attachments/delete/{id}',
    permission: 'attachments.delete',
    summary: 'Delete an attachment',
    answer: said(TEXT.attachmentRemoved),
    errors: [TEXT.attachmentNotFound],
  },
];
