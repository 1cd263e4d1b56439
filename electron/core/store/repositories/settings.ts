import { type DeskSettings, deskSettings } from '../../../../shared/contract/desk.ts';
import type { Db } from '../connection.ts';

/** HelpDeskZ's own defaults (behaviour.md part 1, «config», and exchanges.setup.json). */
const DEFAULT_SETTINGS: DeskSettings = {
  siteName: 'Help desk',
  siteUrl: '',
  timeZone: 'UTC',
  overdueHours: 48,
  replyOrder: 'desc',
  ticketsPage: 15,
  repliesPage: 15,
  attachmentsEnabled: true,
  attachmentsPerMessage: 3,
  attachmentMaxBytes: 2.5 * 1024 * 1024,
  attachmentTypes: ['jpg', 'png', 'gif'],
  attachmentsAheadBytes: 0,
  loginAttempts: 3,
  loginLockMinutes: 5,
  sessionDays: 30,
  mailTemplatesOn: ['new_user', 'new_ticket'],
  holdsReplies: false,
  octethSignIn: { isOn: false, sessionMinutes: 60, asksCaptcha: false },
  formaSignIn: { isOn: false, tokenMinutes: 60, isStrict: false },
  faveoSignIn: { isOn: false, tokenMinutes: 60, isKeyRequired: false },
};

/** The desk's settings, kept in memory: they are read on every API call. */
export function createSettingsRepository(db: Db) {
  const read = db.prepare<[], { key: string; value: string }>('SELECT key, value FROM settings');
  const write = db.prepare('INSERT OR REPLACE INTO settings VALUES (?, ?)');
  let cached: DeskSettings | null = null;
  const load = (): DeskSettings => {
    const stored = Object.fromEntries(read.all().map((row) => [row.key, JSON.parse(row.value) as unknown]));
    return deskSettings.parse({ ...DEFAULT_SETTINGS, ...stored });
  };
  return {
    get: (): DeskSettings => {
      cached ??= load();
      return cached;
    },
    set: (changes: Partial<DeskSettings>): void => {
      for (const [key, value] of Object.entries(changes)) {
        if (value !== undefined) write.run(key, JSON.stringify(value));
      }
      cached = null;
    },
    /** After a rollback the memory may be ahead of the file. */
    forget: (): void => {
      cached = null;
    },
  };
}

export interface MailIdRow {
  readonly ticketId: number;
  readonly messageId: number | null;
  readonly contentSha256: string;
}

export interface KeptMailRow {
  readonly sender: string;
  readonly subject: string;
  readonly rawSha256: string;
  readonly createdAt: number;
}

/** Message-IDs of mails, for threading and for telling a second copy. */
export function createMailIdRepository(db: Db) {
  // A row without a message was only named by another mail: the mail itself takes its place.
  const insert = db.prepare(
    `INSERT INTO mail_ids VALUES (@mailId, @ticketId, @messageId, @contentSha256)
     ON CONFLICT (mail_id) DO UPDATE
       SET ticket_id = excluded.ticket_id, message_id = excluded.message_id, content_sha256 = excluded.content_sha256
       WHERE mail_ids.message_id IS NULL AND excluded.message_id IS NOT NULL`,
  );
  const COLUMNS = 'ticket_id AS ticketId, message_id AS messageId, content_sha256 AS contentSha256';
  const byId = db.prepare<[string], MailIdRow>(`SELECT ${COLUMNS} FROM mail_ids WHERE mail_id = ?`);
  const byContent = db.prepare<[string], MailIdRow>(
    `SELECT ${COLUMNS} FROM mail_ids WHERE content_sha256 = ? LIMIT 1`,
  );
  const isSuspended = db
    .prepare<[string], number>('SELECT EXISTS (SELECT 1 FROM suspended_messages WHERE raw_sha256 = ?)')
    .pluck();
  const suspend = db.prepare(
    `INSERT OR IGNORE INTO suspended_messages (cause, reason, sender, subject, raw_sha256, created_at, customer_id)
     VALUES (@cause, @reason, @sender, @subject, @rawSha256, @now, @customerId)`,
  );
  const unsuspend = db.prepare('DELETE FROM suspended_messages WHERE raw_sha256 = ?');
  const keptOf = db.prepare<[number, number], KeptMailRow>(
    `SELECT sender, subject, raw_sha256 AS rawSha256, created_at AS createdAt FROM suspended_messages
     WHERE customer_id = ? ORDER BY id DESC LIMIT ?`,
  );
  const countKeptOf = db
    .prepare<[number], number>('SELECT count(*) FROM suspended_messages WHERE customer_id = ?')
    .pluck();
  const moveKept = db.prepare('UPDATE suspended_messages SET customer_id = ? WHERE customer_id = ?');
  return {
    insert: (row: { mailId: string } & MailIdRow): void => {
      insert.run(row);
    },
    byId: (mailId: string): MailIdRow | undefined => byId.get(mailId),
    byContent: (sha256: string): MailIdRow | undefined => byContent.get(sha256),
    isSuspended: (rawSha256: string): boolean => isSuspended.get(rawSha256) === 1,
    /** False when exactly this mail is suspended already. */
    suspend: (row: {
      cause: string;
      reason: string;
      sender: string;
      subject: string;
      rawSha256: string;
      now: number;
      /** Set when it is kept aside because this customer is blocked. */
      customerId: number | null;
    }): boolean => suspend.run(row).changes === 1,
    unsuspend: (rawSha256: string): void => {
      unsuspend.run(rawSha256);
    },
    /** What was kept aside because the customer is blocked, newest first. */
    keptOf: (customerId: number, limit: number): KeptMailRow[] => keptOf.all(customerId, limit),
    countKeptOf: (customerId: number): number => countKeptOf.get(customerId) ?? 0,
    moveKept: (from: number, to: number): void => {
      moveKept.run(to, from);
    },
  };
}
