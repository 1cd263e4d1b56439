import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { InjectOptions } from 'fastify';
import type { ApiDesk } from './apiDesk.ts';
import { openApiDesk, storedFiles } from './apiDesk.ts';
import { type Caller, fieldParts, fillDesk, MESSAGE, TICKET } from './caller.ts';
import { undocumented } from './documented.ts';
import { type FuzzRequest, mayStream } from './fuzzRequests.ts';
import { LIVE } from './fuzzValues.ts';
import { SMALL_PNG } from './png.ts';

const HANG_MS = 20_000;
const TOKENS = 20;

/** One desk of a run: a fresh one now and then, since answers that hold everything get longer and longer. */
export interface FuzzDesk {
  /** Sends one; answers what is wrong with the answer. */
  send(request: FuzzRequest): Promise<string[]>;
  /** What is wrong with the desk's data. */
  unsound(): unknown[];
  close(): Promise<void>;
}

export async function openFuzzDesk(): Promise<FuzzDesk> {
  const desk = await openApiDesk();
  // The disk is not under test here.
  desk.deps.store.db.pragma('synchronous = OFF');
  const caller = await fillDesk(desk);
  const good = desk.token();
  const tokens = [
    desk.token({ permissions: [] }),
    'x',
    '',
    ...Array.from({ length: TOKENS - 3 }, () => good),
  ];
  let sent = 0;
  return {
    close: desk.close,
    send: async (request) => {
      sent += 1;
      if (sent % 50 === 0) await refill(desk, caller, sent);
      return exchange(desk, request, tokens[request.token] ?? good, sent);
    },
    unsound: () => unsound(desk),
  };
}

/** So that there is always something to speak of, whatever was deleted. */
async function refill(desk: ApiDesk, caller: Caller, number: number): Promise<void> {
  if (newest(desk, 'departments') === 0)
    await caller.post('/api/departments/create', { name: 'Again', private: '0' });
  await caller.post('/api/users/create', { fullname: 'Ann', email: `refill${number}@example.com` });
  const [user_id, department_id] = [String(newest(desk, 'customers')), String(newest(desk, 'departments'))];
  await caller.post('/api/tickets/create', { ...TICKET, user_id, department_id });
  const file = { name: 'attachment[]', filename: 'a.png', content: SMALL_PNG };
  const fields = { ...MESSAGE, ticket_id: String(newest(desk, 'tickets')) };
  await caller.postParts('/api/messages/create', [...fieldParts(fields), file]);
}

const LIVE_ROWS: Readonly<Record<string, string>> = {
  customers: 'deleted_at IS NULL',
  departments: 'TRUE',
  tickets: 'deleted_at IS NULL',
  attachments: 'TRUE',
};

const newest = (desk: ApiDesk, table: string): number =>
  Number(
    desk.deps.store.db.prepare(`SELECT max(id) FROM ${table} WHERE ${LIVE_ROWS[table]}`).pluck().get() ?? 0,
  );

/** Puts numbers where the request speaks of something that is there. */
function filled(desk: ApiDesk, path: string, number: number): (text: string) => string {
  const ofPath = /\/(users|departments|tickets|messages|attachments)/.exec(path)?.[1] ?? 'tickets';
  const table = { users: 'customers', messages: 'tickets' }[ofPath] ?? ofPath;
  return (text) =>
    text.includes('LIVE')
      ? text
          .replaceAll(LIVE.id, () => String(newest(desk, table)))
          .replaceAll(LIVE.user, () => String(newest(desk, 'customers')))
          .replaceAll(LIVE.ticket, () => String(newest(desk, 'tickets')))
          .replaceAll(LIVE.department, () => String(newest(desk, 'departments')))
          .replaceAll(LIVE.address, `fuzz${number}`)
      : text;
}

async function exchange(
  desk: ApiDesk,
  request: FuzzRequest,
  token: string,
  number: number,
): Promise<string[]> {
  const fill = filled(desk, request.path, number);
  const { sent } = request;
  const headers: Record<string, string> = { ...request.headers, Token: token };
  if (sent?.contentType !== undefined) headers['Content-Type'] = sent.contentType;
  if (sent?.encoding !== undefined) headers['Content-Encoding'] = sent.encoding;
  const answer = await inTime(
    injected(desk, request, {
      method: request.method as 'GET',
      url: fill(request.path),
      headers,
      ...(sent ? { payload: Buffer.from(fill(sent.body.toString('latin1')), 'latin1') } : {}),
    }),
  );
  if (!answer) return [`${request.method} ${request.path}: no answer`];
  const faults = desk.faults.map((fault) => `logged as a fault: ${String(fault.error)}`);
  return [...undocumented(request.method, answer.url, answer), ...faults];
}

async function injected(desk: ApiDesk, request: FuzzRequest, options: InjectOptions) {
  const isEndless = mayStream(request);
  const answer = await desk.inject({ ...options, payloadAsStream: isEndless });
  const contentType = String(answer.headers['content-type'] ?? '');
  // As a client writes the address: dots are resolved.
  const { pathname, search } = new URL(String(options.url), 'http://desk.invalid');
  const facts = { url: `${pathname}${search}`, status: answer.statusCode, contentType };
  if (!isEndless) return { ...facts, body: answer.body };
  const isOpen = contentType.startsWith('text/event-stream');
  const body = isOpen ? '' : await text(answer.stream());
  if (isOpen) answer.stream().destroy();
  return { ...facts, body };
}

async function inTime<T>(answer: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), HANG_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

const RECOUNTS = [
  `SELECT department_id, status, is_assigned, tickets FROM ticket_counts WHERE tickets <> 0
   EXCEPT SELECT department_id, status, assignee_id IS NOT NULL, count(*) FROM tickets WHERE deleted_at IS NULL GROUP BY 1, 2, 3`,
  `SELECT department_id, status, assignee_id IS NOT NULL, count(*) FROM tickets WHERE deleted_at IS NULL GROUP BY 1, 2, 3
   EXCEPT SELECT department_id, status, is_assigned, tickets FROM ticket_counts`,
  `SELECT customer_id, department_id, status, count(*) FROM tickets WHERE deleted_at IS NULL GROUP BY 1, 2, 3
   EXCEPT SELECT customer_id, department_id, status, tickets FROM customer_counts`,
  `SELECT department_id, count(*) FROM tickets WHERE deleted_at IS NOT NULL GROUP BY 1
   EXCEPT SELECT department_id, tickets FROM trash_counts`,
  `SELECT coalesce(list_number, id) >> 12, department_id, status, count(*) FROM tickets WHERE deleted_at IS NULL GROUP BY 1, 2, 3
   EXCEPT SELECT bucket, department_id, status, tickets FROM ticket_buckets`,
  `SELECT coalesce(list_number, id) >> 12, count(*) FROM customers WHERE deleted_at IS NULL GROUP BY 1
   EXCEPT SELECT bucket, customers FROM customer_buckets`,
  `SELECT id, message_count FROM tickets EXCEPT SELECT ticket_id, count(*) FROM messages GROUP BY 1`,
  `SELECT id FROM tickets WHERE deleted_at IS NULL AND customer_id IN (SELECT id FROM customers WHERE deleted_at IS NOT NULL)`,
];

/** The file's own check, every counter against a recount, every attachment's bytes, and nothing left half-way. */
function unsound(desk: ApiDesk): unknown[] {
  const { db } = desk.deps.store;
  const integrity = db.pragma('integrity_check', { simple: true });
  const hashes = db
    .prepare(`SELECT DISTINCT sha256 FROM attachments WHERE sha256 <> ''`)
    .pluck()
    .all() as string[];
  const folder = join(desk.folder, 'attachments');
  return [
    ...(integrity === 'ok' ? [] : [integrity]),
    ...(db.pragma('foreign_key_check') as unknown[]),
    ...RECOUNTS.flatMap((sql) => db.prepare(sql).all()),
    ...hashes.filter((hash) => !existsSync(join(folder, hash.slice(0, 2), hash.slice(2)))),
    ...storedFiles(desk).filter((name) => !/^[0-9a-f]{62}$/.test(name)),
  ];
}
