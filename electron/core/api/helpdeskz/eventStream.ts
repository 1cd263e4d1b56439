import { Readable } from 'node:stream';
import { changesAfter } from '../../services/changeFeed.ts';
import type { Call } from './call.ts';
import { changeRow } from './changes.ts';

const KEEP_ALIVE_MS = 20_000;
/** Unread text that a stream holds at most; what comes then waits in the database. */
const BUFFER_BYTES = 64 * 1024;
const ROWS_AT_ONCE = 100;

export interface StreamOptions {
  readonly keepAliveMs?: number | undefined;
  /** Whether the caller still has the rights that the stream was opened with; asked before anything is told. */
  isStillAllowed(): boolean;
}

/**
 * Server-sent events: one per change, its number as the id. The stream reads from the change feed whenever its
 * reader has room: nothing piles up, and a reader who takes nothing for two keep-alives is cut off.
 */
export function changeStream({ deps, actor }: Call, since: number, options: StreamOptions): Readable {
  let cursor = since;
  let hasRoom = false;
  let isScheduled = false;
  let silentTurns = 0;

  const say = (text: string): void => {
    hasRoom = stream.push(text);
  };
  const end = (): void => {
    // Who does not read would never get to see the end.
    if (hasRoom) stream.push(null);
    else stream.destroy();
    hasRoom = false;
  };
  const schedule = (): void => {
    if (!isScheduled) setImmediate(turn);
    isScheduled = true;
  };
  const tell = (): void => {
    const page = options.isStillAllowed() ? changesAfter(deps, actor, cursor, ROWS_AT_ONCE) : undefined;
    if (!page?.ok) {
      end();
      return;
    }
    cursor = page.value.next;
    const text = page.value.changes
      .map((change) => eventText(change.number, changeRow(deps, change)))
      .join('');
    if (text !== '') say(text);
    if (page.value.hasMore) schedule();
  };
  const turn = (): void => {
    isScheduled = false;
    if (stream.destroyed || stream.readableEnded || !hasRoom) return;
    try {
      tell();
    } catch (error) {
      // The desk closed under it.
      stream.destroy(error instanceof Error ? error : undefined);
    }
  };
  const keepAlive = (): void => {
    silentTurns = hasRoom ? 0 : silentTurns + 1;
    if (silentTurns === 2) stream.destroy();
    // Also tells how far one has come when nothing of it was for this caller.
    if (hasRoom) say(`: keep-alive\nid: ${cursor}\n\n`);
    schedule();
  };

  const timer = setInterval(keepAlive, options.keepAliveMs ?? KEEP_ALIVE_MS);
  const stopListening = deps.events.subscribe(schedule);
  const stream = new Readable({
    highWaterMark: BUFFER_BYTES,
    read() {
      hasRoom = true;
      schedule();
    },
    destroy(error, done) {
      clearInterval(timer);
      stopListening();
      done(error);
    },
  });
  say(`retry: 3000\nevent: hello\nid: ${since}\ndata: {"next":${since}}\n\n`);
  return stream;
}

const eventText = (number: number, data: object): string =>
  `id: ${number}\nevent: change\ndata: ${JSON.stringify(data)}\n\n`;
