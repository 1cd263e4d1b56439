import type { AwayNews } from '../../../../shared/contract/sync.ts';
import type { TicketId } from '../../../../shared/model/ids.ts';
import type { Db } from '../connection.ts';

export interface AwayRow {
  readonly fromAt: number;
  /** null = the desk is still catching up. */
  readonly untilAt: number | null;
  readonly awayMs: number;
}
export type AwayKind = AwayNews['kind'];

/** What came while the desk was out of touch with its server, until a person has read it. Times in ms UTC. */
export function createAwayReportRepository(db: Db) {
  const get = db.prepare<[], AwayRow>(
    'SELECT from_at AS fromAt, until_at AS untilAt, away_ms AS awayMs FROM away_report WHERE id = 1',
  );
  const begin = db.prepare(
    `INSERT INTO away_report (id, from_at) VALUES (1, ?)
     ON CONFLICT (id) DO UPDATE SET from_at = excluded.from_at, until_at = NULL WHERE until_at IS NOT NULL`,
  );
  const end = db.prepare(
    'UPDATE away_report SET until_at = @now, away_ms = away_ms + max(0, @now - from_at) WHERE until_at IS NULL',
  );
  const note = db.prepare(
    `INSERT INTO away_news (kind, ticket_id, amount)
     SELECT @kind, @ticketId, @amount WHERE EXISTS (SELECT 1 FROM away_report WHERE until_at IS NULL)
       AND (@kind = 'new' OR NOT EXISTS (SELECT 1 FROM away_news WHERE kind = 'new' AND ticket_id = @ticketId))
     ON CONFLICT (kind, ticket_id) DO UPDATE SET amount = amount + CASE kind WHEN 'replies' THEN excluded.amount ELSE 0 END`,
  );
  // What lies in the trash is no news any more.
  const totals = db.prepare<[], { kind: AwayKind; tickets: number; amount: number }>(
    `SELECT kind, count(*) AS tickets, sum(amount) AS amount FROM away_news
     JOIN tickets ON tickets.id = ticket_id AND deleted_at IS NULL
     GROUP BY kind ORDER BY instr('new replies closed', kind)`,
  );
  const tickets = db.prepare<[string, number], { ticketId: TicketId; amount: number }>(
    `SELECT ticket_id AS ticketId, amount FROM away_news
     JOIN tickets ON tickets.id = ticket_id AND deleted_at IS NULL
     WHERE kind = ? ORDER BY last_message_at DESC, ticket_id DESC LIMIT ?`,
  );
  const clear = [db.prepare('DELETE FROM away_news'), db.prepare('DELETE FROM away_report')];
  return {
    get: (): AwayRow | undefined => get.get(),
    /** From here on news are noted; one that is open stays as it began. */
    begin: (fromAt: number): void => {
      begin.run(fromAt);
    },
    end: (now: number): void => {
      end.run({ now });
    },
    /** Noted only while a report is open; what a new ticket brings is part of it being new. */
    note: (kind: AwayKind, ticketId: TicketId, amount: number): void => {
      note.run({ kind, ticketId, amount });
    },
    totals: () => totals.all(),
    /** The tickets of one kind, those that moved last first. */
    tickets: (kind: AwayKind, limit: number) => tickets.all(kind, limit),
    clear: (): void => {
      for (const statement of clear) statement.run();
    },
  };
}
