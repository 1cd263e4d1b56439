import type { ErrorCode } from '../../../../shared/contract/errors.ts';
import type { StaffId } from '../../../../shared/model/ids.ts';
import type { Db } from '../connection.ts';

/** Whom this desk mirrors, and how far it got. Times in ms UTC. */
export interface RemoteDeskRow {
  readonly kind: 'helpdeskz';
  readonly url: string;
  readonly staffId: StaffId;
  readonly username: string;
  readonly tokenSealed: string;
  readonly connectedAt: number;
  /** Why nothing is exchanged until a person did something; null = it runs. */
  readonly pausedCode: ErrorCode | null;
  readonly firstSyncDoneAt: number | null;
  readonly fullScanAt: number | null;
  readonly listsAt: number | null;
  readonly maxTicketId: number;
  /** The remote's clock minus this machine's; null = it has not told. */
  readonly clockOffsetMs: number | null;
  /** At most this late: it is not written with every run. */
  readonly lastSyncAt: number | null;
  /** How many the server said it has. */
  readonly ticketsExpected: number | null;
  /** 1 = closed conversations that were never read are fetched when somebody opens them. */
  readonly leavesOld: 0 | 1;
  /** How far the full scan under way is: the department whose closed tickets it reads; null = none is. */
  readonly scanDepartmentId: number | null;
  readonly scanPage: number;
}

/** Rows born here get ids from here up, so that pulled rows can keep the remote's. */
export const FIRST_LOCAL_ID = 1_000_000_000;
const LOCAL_TABLES = ['customers', 'departments', 'tickets', 'messages', 'attachments'] as const;

const COLUMNS = `kind, url, staff_id AS staffId, username, token_sealed AS tokenSealed, connected_at AS connectedAt,
  paused_code AS pausedCode, first_sync_done_at AS firstSyncDoneAt,
  full_scan_at AS fullScanAt, lists_at AS listsAt, max_ticket_id AS maxTicketId, clock_offset_ms AS clockOffsetMs,
  last_sync_at AS lastSyncAt, tickets_expected AS ticketsExpected, leaves_old AS leavesOld,
  scan_department_id AS scanDepartmentId, scan_page AS scanPage`;

const FIELDS = {
  tokenSealed: 'token_sealed',
  pausedCode: 'paused_code',
  firstSyncDoneAt: 'first_sync_done_at',
  fullScanAt: 'full_scan_at',
  listsAt: 'lists_at',
  maxTicketId: 'max_ticket_id',
  username: 'username',
  clockOffsetMs: 'clock_offset_ms',
  lastSyncAt: 'last_sync_at',
  ticketsExpected: 'tickets_expected',
  leavesOld: 'leaves_old',
  scanDepartmentId: 'scan_department_id',
  scanPage: 'scan_page',
} as const;
type Field = keyof typeof FIELDS;

/** The one row that makes a desk a remote workspace. */
export function createRemoteDeskRepository(db: Db) {
  const get = db.prepare<[], RemoteDeskRow>(`SELECT ${COLUMNS} FROM remote_desk WHERE id = 1`);
  const insert = db.prepare(
    `INSERT INTO remote_desk (id, kind, url, staff_id, username, token_sealed, connected_at)
     VALUES (1, @kind, @url, @staffId, @username, @tokenSealed, @connectedAt)`,
  );
  const setters = new Map(
    Object.entries(FIELDS).map(([field, column]) => [
      field,
      db.prepare(`UPDATE remote_desk SET ${column} = ? WHERE id = 1`),
    ]),
  );
  const removeSequence = db.prepare('DELETE FROM sqlite_sequence WHERE name = ?');
  const addSequence = db.prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)');
  return {
    get: (): RemoteDeskRow | undefined => get.get(),
    insert: (
      row: Pick<RemoteDeskRow, 'kind' | 'url' | 'staffId' | 'username' | 'tokenSealed' | 'connectedAt'>,
    ): void => {
      insert.run(row);
      for (const table of LOCAL_TABLES) {
        removeSequence.run(table);
        addSequence.run(table, FIRST_LOCAL_ID - 1);
      }
    },
    set: <F extends Field>(field: F, value: RemoteDeskRow[F]): void => {
      setters.get(field)?.run(value);
    },
  };
}
