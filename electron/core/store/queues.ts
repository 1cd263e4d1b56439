import type { QueueCursor, QueuePage, QueuePageInput } from '../../../shared/contract/queues.ts';
import type { TicketId } from '../../../shared/model/ids.ts';
import type { DepartmentScope } from '../domain/actor.ts';
import type { Db } from './connection.ts';
import { ARM_SOURCES, type ArmShape, type Arms, createArmChooser } from './queueArms.ts';
import { createTicketRows, type DeskRow } from './ticketRows.ts';

/** Facts that come from the desk's settings and the clock. */
export interface QueueFacts {
  /** Tickets whose last message is older than this are overdue; milliseconds UTC. */
  readonly overdueBefore: number;
}

type DeskPage = Pick<QueuePage, 'hasMore'> & { rows: DeskRow[] };

export interface QueueReader {
  /** One page of a queue in its sort's order. `hasMore` looks on in the direction that was asked for. */
  page(scope: DepartmentScope, staffId: number, input: QueuePageInput, facts: QueueFacts): DeskPage;
  /** The rows of these tickets in this order, without those that are gone or outside the scope. */
  rows(scope: DepartmentScope, staffId: number, ticketIds: readonly TicketId[]): DeskRow[];
}

/** SQLite takes 500 arms in one statement; far fewer keep its compile time below a millisecond. */
const ARMS_PER_STATEMENT = 60;

const BEGINNING: QueueCursor = { at: Number.MIN_SAFE_INTEGER, id: 0 };
const END: QueueCursor = { at: Number.MAX_SAFE_INTEGER, id: 0 };

interface Place {
  readonly id: TicketId;
  readonly at: number;
}

/** The statement that merges `count` arms of one shape. Both bounds lie outside the page. */
function mergeSql(shape: ArmShape, count: number, isAscending: boolean): string {
  const { index, fixed, keyColumns } = ARM_SOURCES[shape];
  const arms = Array.from({ length: count }, (_, arm) => {
    const keys = keyColumns.map((column, key) => `${column} = @k${arm}_${key}`).join(' AND ');
    return `SELECT id, last_message_at AS at FROM tickets INDEXED BY ${index} WHERE ${fixed} AND ${keys}
      AND (last_message_at, id) > (@lowAt, @lowId) AND (last_message_at, id) < (@highAt, @highId)`;
  });
  const direction = isAscending ? 'ASC' : 'DESC';
  return `${arms.join('\nUNION ALL ')}\nORDER BY at ${direction}, id ${direction} LIMIT @limit`;
}

interface Window {
  readonly low: QueueCursor;
  readonly high: QueueCursor;
  readonly isAscending: boolean;
  readonly limit: number;
}

function createMerger(db: Db) {
  const prepare = (shape: ArmShape, count: number, isAscending: boolean) =>
    db.prepare<Record<string, number>, Place>(mergeSql(shape, count, isAscending));
  // At most shapes × arms × directions of them: bounded, and each is used again and again.
  const prepared = new Map<string, ReturnType<typeof prepare>>();
  const statementFor = (shape: ArmShape, count: number, isAscending: boolean) => {
    const name = `${shape} ${count} ${isAscending}`;
    let statement = prepared.get(name);
    if (!statement) {
      statement = prepare(shape, count, isAscending);
      prepared.set(name, statement);
    }
    return statement;
  };
  const mergeSome = (shape: ArmShape, keys: Arms['keys'], window: Window): Place[] => {
    const values: Record<string, number> = {
      lowAt: window.low.at,
      lowId: window.low.id,
      highAt: window.high.at,
      highId: window.high.id,
      limit: window.limit,
    };
    keys.forEach((key, arm) => {
      key.forEach((value, part) => {
        values[`k${arm}_${part}`] = value;
      });
    });
    return statementFor(shape, keys.length, window.isAscending).all(values);
  };
  return ({ shape, keys }: Arms, window: Window): Place[] => {
    if (keys.length === 0) return [];
    if (keys.length <= ARMS_PER_STATEMENT) return mergeSome(shape, keys, window);
    const places: Place[] = [];
    for (let from = 0; from < keys.length; from += ARMS_PER_STATEMENT) {
      places.push(...mergeSome(shape, keys.slice(from, from + ARMS_PER_STATEMENT), window));
    }
    const sign = window.isAscending ? 1 : -1;
    return places.sort((a, b) => sign * (a.at - b.at || a.id - b.id)).slice(0, window.limit);
  };
}

const isBelow = (a: QueueCursor, b: QueueCursor): boolean => a.at < b.at || (a.at === b.at && a.id < b.id);

function windowOf(input: QueuePageInput, facts: QueueFacts): Window {
  const isAscending = (input.sort === 'oldest') === (input.direction === 'after');
  // Everything older than the threshold, whatever its id: ids begin at 1.
  const top = input.queue.kind === 'overdue' ? { at: facts.overdueBefore, id: 0 } : END;
  const cursor = input.cursor;
  return {
    low: cursor && isAscending ? cursor : BEGINNING,
    high: cursor && !isAscending && isBelow(cursor, top) ? cursor : top,
    isAscending,
    // One more than asked tells whether there is more.
    limit: input.limit + 1,
  };
}

/** Queue pages by keyset, both ways; cost depends on the page, not on the desk. */
export function createQueueReader(db: Db): QueueReader {
  const chooseArms = createArmChooser(db);
  const merge = createMerger(db);
  const rows = createTicketRows(db);
  return {
    rows,
    page(scope, staffId, input, facts) {
      const places = merge(chooseArms(scope, staffId, input.queue), windowOf(input, facts));
      const hasMore = places.length > input.limit;
      const ids = places.slice(0, input.limit).map((place) => place.id);
      if (input.direction === 'before') ids.reverse();
      return { rows: rows(scope, staffId, ids), hasMore };
    },
  };
}
