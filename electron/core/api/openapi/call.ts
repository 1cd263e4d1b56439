import { z } from 'zod';
import type { Permission } from '../../../../shared/contract/desk.ts';

export const TAGS = {
  Customers: 'The people who write. HelpDeskZ calls them users.',
  Departments: 'Where tickets belong. A private one is for staff only.',
  Tickets: 'What customers ask. Status is 1 open, 2 answered, 3 awaiting reply, 4 in progress or 5 closed.',
  Messages: 'The thread of a ticket.',
  Attachments: 'Files of messages.',
  Staff: 'The people who answer.',
  Changes: 'What happened since one looked. HelpDeskZ does not have it.',
  About: 'What the API can do.',
} as const;

/** The rows that answers are made of, by their names in the document. */
export const components = z.registry<{ id: string }>();

/** What a caller may send beside Token; none of it is needed, and HelpDeskZ’s clients send none of it. */
export const HEADERS = {
  'Idempotency-Key':
    'Makes repeating safe: the same request with the same key has one effect and one answer, for 30 days. 1 to 200 ASCII characters; refused with 422 when another request had it.',
  'If-None-Match': 'An `ETag` of an earlier answer: 304 as long as nothing in it has changed.',
  'If-Match': 'The `ETag` of `show`: refused with 412 when somebody changed it since.',
  Range: 'One range of bytes.',
  'If-Range': 'The `ETag` that the range belongs to: of another file all of it comes.',
  'Last-Event-ID': 'The number of the last event that was heard.',
  'X-Staffdesk': '`1` asks for what HelpDeskZ does not have.',
} as const;
export type HeaderName = keyof typeof HEADERS;

/** An answer that is no JSON, or JSON that someone else describes. */
export interface OtherAnswer {
  readonly mediaType: string;
  readonly is: string;
}

/** One call of the API: the single source of the document, of its page, and of what is fuzzed. */
export interface ApiCall {
  /** Name of its operation and, capitalised, of its schemas. */
  readonly id: string;
  readonly tag: keyof typeof TAGS;
  readonly method: 'GET' | 'POST';
  /** `{id}` where the address has a number. */
  readonly path: string;
  /** Other addresses of the same call. */
  readonly aliases?: readonly string[];
  /** Null: answered without a token. Several: any of them. */
  readonly permission: Permission | readonly Permission[] | null;
  readonly summary: string;
  readonly description?: string;
  /** What the number in the address is the number of. */
  readonly idOf?: string;
  readonly headers?: readonly HeaderName[];
  readonly query?: z.ZodObject;
  readonly form?: z.ZodObject;
  /** Whether files may come along as `attachment[]`. */
  readonly takesFiles?: boolean;
  readonly answer: z.ZodType | OtherAnswer;
  /** What a refusal with status 200 may say; several fields' texts are joined by a space. */
  readonly errors: readonly string[];
  /** Whether such a refusal may have a code. */
  readonly isCoded?: boolean;
  /** What only this call answers, beside 200 and what all do. */
  readonly statuses?: readonly (206 | 404 | 410 | 416 | 429)[];
  /** What the curl line needs beside the call itself. */
  readonly curl?: string;
}

/** What a change of one thing takes. */
export const CHANGES = { headers: ['If-Match'] } as const;

/** `examples` make the curl lines; a field without one is left out there. */
export const text = (description: string, example?: string) =>
  z.string().meta({ description, ...(example === undefined ? {} : { examples: [example] }) });

export const number = (description: string, example?: number) =>
  z.int().meta({ description, ...(example === undefined ? {} : { examples: [example] }) });

/** A column's number, which the reference sends as text (behaviour.md 2.1). */
export const digits = (description: string, example = '1') =>
  z
    .string()
    .regex(/^\d+$/)
    .meta({ description, examples: [example] });

export const seconds = (description: string) => digits(`${description}, in Unix seconds.`, '1735689600');

export const count = (description: string, example = 1) =>
  z
    .int()
    .nonnegative()
    .meta({ description, examples: [example] });

/** What every create takes. */
export const CREATES = { headers: ['Idempotency-Key', 'X-Staffdesk'] } as const;

/** Ids that a create tells who asks for more than HelpDeskZ says. */
export const further = {
  message_id: count('Number of the new message; with `X-Staffdesk: 1` or an `Idempotency-Key`.').optional(),
  attachment_ids: z
    .array(count('Number of a new attachment.'))
    .meta({ description: 'Numbers of the new attachments; with `X-Staffdesk: 1` or an `Idempotency-Key`.' })
    .optional(),
};

/** A success: `success` first, then what the call says. */
export const success = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.object({ success: z.literal(1), ...shape });

/** A success that only says what was done. */
export const said = <Shape extends z.core.$ZodLooseShape>(message: string, shape?: Shape) =>
  success({ ...shape, message: z.literal(message) });

export const page = number('The page, from 1 on.');

/** The answer's schema, where it is one of ours. */
export const schemaOf = ({ answer }: ApiCall): z.ZodType | undefined =>
  answer instanceof z.ZodType ? answer : undefined;
