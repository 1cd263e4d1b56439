import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { StaffActor } from '../domain/actor.ts';
import { mayHear } from '../domain/mayHear.ts';
import type { EventHub, NumberedEvent } from '../services/eventHub.ts';

const HEARTBEAT_MS = 20_000;
/** What a listener that does not read may leave unread before it is cut off (it reconnects and refetches). */
const MAX_UNREAD_BYTES = 1024 * 1024;

/** What a stream was opened with; when it changes the stream ends, and the window comes back and fetches all again. */
function rightsOf(actor: StaffActor | null): string {
  return actor ? `${actor.staffId} ${actor.role} ${String(actor.scope)}` : '';
}

export interface EventRoute {
  events(): EventHub;
  /** Asked again for every event: a session may end, rights may change while the stream is open. */
  actor(request: FastifyRequest): StaffActor | null;
}

/** GET /events?since=N: one server-sent event per commit; the first says the newest number (`hello`). */
export function registerEvents(app: FastifyInstance, route: EventRoute): void {
  const open = new Set<() => void>();
  app.get('/events', (request, reply) => {
    const since = Number((request.query as { since?: string }).since ?? Number.NaN);
    stream(request, reply, route, since, open);
  });
  // Streams would keep the server from closing.
  app.addHook('preClose', () => {
    for (const end of open) end();
  });
}

function stream(
  request: FastifyRequest,
  reply: FastifyReply,
  route: EventRoute,
  since: number,
  open: Set<() => void>,
): void {
  const hub = route.events();
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  let stopListening = (): void => {};
  let isOver = false;
  const heartbeat = setInterval(() => raw.write(': here\n\n'), HEARTBEAT_MS);
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    clearInterval(heartbeat);
    stopListening();
    open.delete(end);
    raw.end();
  };
  open.add(end);
  raw.on('close', end);
  raw.on('error', end);
  const missed = Number.isSafeInteger(since) ? hub.since(since) : null;
  let previous = missed === null ? hub.newest() : since;
  const rights = rightsOf(route.actor(request));
  const send = ({ number, event }: NumberedEvent): void => {
    // Cut off while it is told what it missed.
    if (isOver) return;
    const actor = route.actor(request);
    if (rightsOf(actor) !== rights) end();
    else if (mayHear(actor, event)) tell({ number, event });
  };
  const tell = ({ number, event }: NumberedEvent): void => {
    raw.write(`data: ${JSON.stringify({ number, previous, event })}\n\n`);
    previous = number;
    if (raw.writableLength > MAX_UNREAD_BYTES) end();
  };
  raw.write(`event: hello\ndata: ${JSON.stringify({ number: previous })}\n\n`);
  for (const item of missed ?? []) send(item);
  if (!isOver) stopListening = hub.subscribe(send);
}
