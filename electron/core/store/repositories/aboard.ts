import type { ErrorCode } from '../../../../shared/contract/errors.ts';
import type { Queue } from '../../../../shared/contract/queues.ts';
import type { AttachmentId, StaffId, TicketId } from '../../../../shared/model/ids.ts';
import { OPEN_STATUSES, STATUS } from '../../../../shared/model/ticket.ts';
import type { Db } from '../connection.ts';

export type FileProblem = 'gone' | 'too_large' | 'permission' | 'no_answer';

/** What somebody takes along. */
export interface TakeRow {
  readonly staffId: StaffId;
  readonly views: readonly Queue[];
  readonly budgetBytes: number;
  readonly state: 'fetching' | 'paused' | 'cancelled' | 'done';
  readonly problemCode: ErrorCode | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

/** A file as far as its being here goes; `at` is its message's time. */
export interface AboardFileRow {
  readonly id: AttachmentId;
  readonly ticketId: TicketId;
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly at: number;
  readonly isHere: boolean;
  readonly problem: FileProblem | null;
  readonly triedAt: number | null;
  readonly aheadAt: number | null;
}

export interface ThreadSums {
  readonly tickets: number;
  readonly threadsMissing: number;
  readonly messages: number;
  readonly messagesHere: number;
}

export interface FileSum {
  readonly standing: 'here' | 'later' | 'missing' | FileProblem;
  readonly count: number;
  readonly bytes: number;
}

export interface ThreadRow {
  readonly ticketId: TicketId;
  readonly subject: string;
  readonly lastMessageAt: number;
  /** Messages that are on the remote only. */
  readonly missing: number;
  readonly isStale: 0 | 1;
}

const OPEN = `deleted_at IS NULL AND status IN (${OPEN_STATUSES.join(', ')})`;
const STALE = 'r.thread_replies IS NULL OR r.thread_replies <> r.replies OR r.thread_update <> r.last_update';
const EXPECTED = 'max(coalesce(r.replies + 1, 0), t.message_count)';

/** The condition of a view, and the values of its `?` in their order (design §3). */
function conditionOf(view: Queue, staffId: number, overdueBefore: number): [string, number[]] {
  switch (view.kind) {
    case 'mine':
      return [`${OPEN} AND assignee_id = ?`, [staffId]];
    case 'unassigned':
      return [`${OPEN} AND assignee_id IS NULL`, []];
    case 'open':
      return [OPEN, []];
    case 'overdue':
      return [`${OPEN} AND last_message_at < ?`, [overdueBefore]];
    case 'waiting':
      return ['deleted_at IS NULL AND status = ?', [STATUS.answered]];
    case 'closed':
      return ['deleted_at IS NULL AND status = ?', [STATUS.closed]];
    case 'department':
      return [`${OPEN} AND department_id = ?`, [view.departmentId]];
    case 'trash':
      return ['0', []];
  }
}

interface StoredFile extends Omit<AboardFileRow, 'isHere'> {
  readonly isHere: 0 | 1;
}
const FILE = `a.id, a.ticket_id AS ticketId, a.name, a.size_bytes AS sizeBytes, a.sha256, a.created_at AS at,
  a.sha256 <> '' AS isHere, f.problem, f.tried_at AS triedAt, f.ahead_at AS aheadAt`;
const toFile = (row: StoredFile): AboardFileRow => ({ ...row, isHere: row.isHere === 1 });
const json = (ids: readonly number[]): string => JSON.stringify(ids);

/** What is fetched ahead of time: the tickets somebody takes along, and what is known of files that are not here. */
export function createAboardRepository(db: Db) {
  return { ...createTakes(db), ...createContents(db), ...createFileMarks(db) };
}

function createTakes(db: Db) {
  const get = db.prepare<[], Omit<TakeRow, 'views'> & { views: string }>(
    `SELECT staff_id AS staffId, views, budget_bytes AS budgetBytes, state, problem_code AS problemCode,
       started_at AS startedAt, ended_at AS endedAt FROM aboard_take`,
  );
  const removeTickets = db.prepare('DELETE FROM aboard_tickets');
  const addTickets = db.prepare('INSERT INTO aboard_tickets SELECT value FROM json_each(?)');
  const replace = db.prepare(
    `INSERT OR REPLACE INTO aboard_take (id, staff_id, views, budget_bytes, state, started_at)
     VALUES (1, @staffId, @views, @budgetBytes, 'fetching', @now)`,
  );
  const setState = db.prepare(
    'UPDATE aboard_take SET state = @state, problem_code = @problemCode, ended_at = @endedAt',
  );
  const tickets = db.prepare<[], TicketId>('SELECT ticket_id FROM aboard_tickets').pluck();
  return {
    take: (): TakeRow | undefined => {
      const row = get.get();
      return row && { ...row, views: JSON.parse(row.views) as Queue[] };
    },
    /** The tickets that stand in these views now. */
    ticketsOf: (views: readonly Queue[], staffId: StaffId, overdueBefore: number): TicketId[] => {
      const arms = views.map((view) => conditionOf(view, staffId, overdueBefore));
      const sql = arms.map(([condition]) => `SELECT id FROM tickets WHERE ${condition}`).join(' UNION ');
      const values = arms.flatMap(([, bound]) => bound);
      return db
        .prepare<number[], TicketId>(sql)
        .pluck()
        .all(...values);
    },
    setTake: (take: {
      staffId: StaffId;
      views: readonly Queue[];
      budgetBytes: number;
      now: number;
    }): void => {
      replace.run({ ...take, views: JSON.stringify(take.views) });
    },
    setTakeTickets: (ids: readonly TicketId[]): void => {
      removeTickets.run();
      addTickets.run(json(ids));
    },
    takeTickets: (): TicketId[] => tickets.all(),
    setTakeState: (
      state: TakeRow['state'],
      {
        problemCode = null,
        endedAt = null,
      }: { problemCode?: ErrorCode | null; endedAt?: number | null } = {},
    ): void => {
      setState.run({ state, problemCode, endedAt });
    },
  };
}

function createContents(db: Db) {
  const sums = db.prepare<[string], ThreadSums>(
    `SELECT count(*) AS tickets, coalesce(sum(r.ticket_id IS NOT NULL AND (${STALE})), 0) AS threadsMissing,
       coalesce(sum(${EXPECTED}), 0) AS messages, coalesce(sum(t.message_count), 0) AS messagesHere
     FROM json_each(?) asked CROSS JOIN tickets t ON t.id = asked.value LEFT JOIN remote_tickets r ON r.ticket_id = t.id`,
  );
  const stale = db
    .prepare<[string], TicketId>(
      `SELECT r.ticket_id FROM json_each(?) asked CROSS JOIN remote_tickets r ON r.ticket_id = asked.value
       WHERE ${STALE} ORDER BY r.last_update DESC, r.ticket_id`,
    )
    .pluck();
  const threads = db.prepare<[string], ThreadRow>(
    `SELECT t.id AS ticketId, t.subject, t.last_message_at AS lastMessageAt, ${EXPECTED} - t.message_count AS missing,
       r.ticket_id IS NOT NULL AND (${STALE}) AS isStale
     FROM json_each(?) asked CROSS JOIN tickets t ON t.id = asked.value LEFT JOIN remote_tickets r ON r.ticket_id = t.id`,
  );
  const files = db.prepare<[string], StoredFile>(
    `SELECT ${FILE} FROM json_each(?) asked CROSS JOIN attachments a ON a.ticket_id = asked.value
       LEFT JOIN aboard_files f ON f.attachment_id = a.id WHERE a.deleted_at IS NULL`,
  );
  const fileSums = db.prepare<[{ ids: string; largest: number; endedAt: number | null }], FileSum>(
    `SELECT CASE WHEN a.sha256 <> '' THEN 'here' WHEN a.size_bytes > @largest THEN 'too_large'
         WHEN f.problem IS NOT NULL THEN f.problem WHEN a.created_at > @endedAt THEN 'later' ELSE 'missing' END AS standing,
       count(*) AS count, sum(a.size_bytes) AS bytes
     FROM json_each(@ids) asked CROSS JOIN attachments a ON a.ticket_id = asked.value
       LEFT JOIN aboard_files f ON f.attachment_id = a.id WHERE a.deleted_at IS NULL GROUP BY standing`,
  );
  const ahead = db.prepare<[], StoredFile>(
    `SELECT ${FILE} FROM aboard_files f CROSS JOIN attachments a ON a.id = f.attachment_id
     WHERE f.ahead_at IS NOT NULL AND a.deleted_at IS NULL AND a.sha256 <> ''`,
  );
  return {
    threadSums: (ids: readonly TicketId[]): ThreadSums =>
      sums.get(json(ids)) ?? { tickets: 0, threadsMissing: 0, messages: 0, messagesHere: 0 },
    /** Of these the ones whose messages are not all here, the newest first. */
    staleOf: (ids: readonly TicketId[]): TicketId[] => stale.all(json(ids)),
    threadsOf: (ids: readonly TicketId[]): ThreadRow[] => threads.all(json(ids)),
    filesOf: (ids: readonly TicketId[]): AboardFileRow[] => files.all(json(ids)).map(toFile),
    /** The same added up, by where they are; `later`: of a message after `endedAt`. */
    fileSums: (ids: readonly TicketId[], largest: number, endedAt: number | null): FileSum[] =>
      fileSums.all({ ids: json(ids), largest, endedAt }),
    /** What was fetched ahead and is here. */
    aheadFiles: (): AboardFileRow[] => ahead.all().map(toFile),
  };
}

function createFileMarks(db: Db) {
  const ask = db.prepare(
    `INSERT INTO aboard_files (attachment_id, asked_at) VALUES (?, ?)
     ON CONFLICT (attachment_id) DO UPDATE SET asked_at = excluded.asked_at, problem = NULL, tried_at = NULL`,
  );
  const asked = db
    .prepare<[number], AttachmentId>(
      `SELECT attachment_id FROM aboard_files WHERE asked_at IS NOT NULL AND coalesce(tried_at, 0) < ?
       ORDER BY asked_at, attachment_id`,
    )
    .pluck();
  const mark = db.prepare<[number], { askedAt: number | null; problem: FileProblem | null }>(
    'SELECT asked_at AS askedAt, problem FROM aboard_files WHERE attachment_id = ?',
  );
  const setProblem = db.prepare(
    `INSERT INTO aboard_files (attachment_id, problem, tried_at) VALUES (@id, @problem, @now)
     ON CONFLICT (attachment_id) DO UPDATE SET problem = @problem, tried_at = @now,
       asked_at = CASE WHEN @problem = 'no_answer' THEN asked_at END`,
  );
  const remove = db.prepare('DELETE FROM aboard_files WHERE attachment_id = ?');
  const setAhead = db.prepare('INSERT OR REPLACE INTO aboard_files (attachment_id, ahead_at) VALUES (?, ?)');
  const empty = db.prepare("UPDATE attachments SET sha256 = '' WHERE id = ?");
  return {
    /** Somebody wants it as soon as the server answers. */
    ask: (id: AttachmentId, now: number): void => {
      ask.run(id, now);
    },
    /** What waits for that, but for what was tried since. */
    asked: (triedBefore: number): AttachmentId[] => asked.all(triedBefore),
    fileMark: (id: AttachmentId) => mark.get(id),
    setProblem: (id: AttachmentId, problem: FileProblem, now: number): void => {
      setProblem.run({ id, problem, now });
    },
    /** Its bytes came: ahead of time, or because somebody opened it. */
    came: (id: AttachmentId, aheadAt: number | null): void => {
      if (aheadAt === null) remove.run(id);
      else setAhead.run(id, aheadAt);
    },
    /** Its bytes make room; the server still has them. */
    leave: (id: AttachmentId): void => {
      empty.run(id);
      remove.run(id);
    },
  };
}
