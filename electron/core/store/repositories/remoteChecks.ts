import type { TicketId } from '../../../../shared/model/ids.ts';
import type { Db } from '../connection.ts';

/** What one comparison with the remote found: `missing` = by how many tickets the counts still differ. */
export interface RemoteCheck {
  readonly checkedAt: number;
  readonly tickets: number;
  readonly threads: number;
  readonly repaired: number;
  readonly missing: number;
}

const KEPT = 20;

/** What the comparisons with the remote found, and whose turn it is. */
export function createRemoteCheckRepository(db: Db) {
  const insert = db.prepare(
    `INSERT INTO remote_checks (checked_at, tickets, threads, repaired, missing)
     VALUES (@checkedAt, @tickets, @threads, @repaired, @missing)`,
  );
  const trim = db.prepare(
    `DELETE FROM remote_checks WHERE id <= (SELECT max(id) FROM remote_checks) - ${KEPT}`,
  );
  const last = db.prepare<[], RemoteCheck>(
    'SELECT checked_at AS checkedAt, tickets, threads, repaired, missing FROM remote_checks ORDER BY id DESC LIMIT 1',
  );
  // Threads that were read and have nothing waiting: the others are looked at anyway.
  const inTurn = db
    .prepare<[number], TicketId>(
      `SELECT ticket_id FROM remote_tickets WHERE ticket_id > (SELECT checked_ticket_id FROM remote_desk)
         AND thread_replies = replies AND thread_update = last_update
         AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.ticket_id = remote_tickets.ticket_id)
       ORDER BY ticket_id LIMIT ?`,
    )
    .pluck();
  const setTurn = db.prepare('UPDATE remote_desk SET checked_ticket_id = ? WHERE id = 1');
  return {
    add: (check: RemoteCheck): void => {
      insert.run(check);
      trim.run();
    },
    last: (): RemoteCheck | undefined => last.get(),
    inTurn: (limit: number): TicketId[] => inTurn.all(limit),
    /** Where the next comparison begins; 0 = with the first again. */
    setTurn: (after: number): void => {
      setTurn.run(after);
    },
  };
}
