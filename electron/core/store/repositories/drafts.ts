import type { Draft, DraftKind, NewTicketFields, Upload } from '../../../../shared/contract/drafts.ts';
import type { DraftId, StaffId, TicketId, UploadId } from '../../../../shared/model/ids.ts';
import type { Db } from '../connection.ts';

interface Row {
  id: DraftId;
  kind: DraftKind;
  ticketId: TicketId | null;
  bodyHtml: string;
  newTicket: string | null;
  updatedAt: number;
}
export interface UploadRecord extends Upload {
  readonly sha256: string;
  readonly draftId: DraftId | null;
}

const COLUMNS =
  'id, kind, ticket_id AS ticketId, body_html AS bodyHtml, new_ticket AS newTicket, updated_at AS updatedAt';
const UPLOAD_COLUMNS =
  'id, draft_id AS draftId, name, media_type AS mediaType, size_bytes AS sizeBytes, sha256';

/** Every query names the staff member: a draft is seen by its writer only. */
export function createDraftRepository(db: Db) {
  const insert = db.prepare(
    `INSERT INTO drafts (staff_id, ticket_id, kind, body_html, new_ticket, updated_at)
     VALUES (@staffId, @ticketId, @kind, @bodyHtml, @newTicket, @now)`,
  );
  const update = db.prepare(
    'UPDATE drafts SET body_html = @bodyHtml, new_ticket = @newTicket, updated_at = @now WHERE id = @id',
  );
  const byId = db.prepare<[number, number], Row>(
    `SELECT ${COLUMNS} FROM drafts WHERE id = ? AND staff_id = ?`,
  );
  const byTicket = db.prepare<[number, number, string], Row>(
    `SELECT ${COLUMNS} FROM drafts WHERE ticket_id = ? AND staff_id = ? AND kind = ?`,
  );
  const all = db.prepare<[number], Row>(
    `SELECT ${COLUMNS} FROM drafts WHERE staff_id = ? ORDER BY updated_at DESC`,
  );
  const remove = db.prepare('DELETE FROM drafts WHERE id = ?');
  const ofTicket = db.prepare<[number], number>('SELECT id FROM drafts WHERE ticket_id = ?').pluck();
  const uploadsOf = db.prepare<[number], UploadRecord>(
    `SELECT ${UPLOAD_COLUMNS} FROM uploads WHERE draft_id = ? ORDER BY id`,
  );
  const toDraft = (row: Row): Draft => ({
    ...row,
    newTicket: row.newTicket === null ? null : (JSON.parse(row.newTicket) as NewTicketFields),
    uploads: uploadsOf
      .all(row.id)
      .map(({ id, name, mediaType, sizeBytes }) => ({ id, name, mediaType, sizeBytes })),
  });
  const optional = (row: Row | undefined): Draft | undefined => row && toDraft(row);
  const pack = (fields: NewTicketFields | null): string | null =>
    fields === null ? null : JSON.stringify(fields);
  return {
    insert: (draft: {
      staffId: StaffId;
      ticketId: TicketId | null;
      kind: DraftKind;
      bodyHtml: string;
      newTicket: NewTicketFields | null;
      now: number;
    }): DraftId =>
      Number(insert.run({ ...draft, newTicket: pack(draft.newTicket) }).lastInsertRowid) as DraftId,
    update: (id: DraftId, bodyHtml: string, newTicket: NewTicketFields | null, now: number): void => {
      update.run({ id, bodyHtml, newTicket: pack(newTicket), now });
    },
    byId: (id: DraftId, staffId: StaffId): Draft | undefined => optional(byId.get(id, staffId)),
    byTicket: (ticketId: TicketId, staffId: StaffId, kind: DraftKind): Draft | undefined =>
      optional(byTicket.get(ticketId, staffId, kind)),
    all: (staffId: StaffId): Draft[] => all.all(staffId).map(toDraft),
    idsOfTicket: (ticketId: TicketId): DraftId[] => ofTicket.all(ticketId) as DraftId[],
    /** Its uploads must have been moved or removed before. */
    remove: (id: DraftId): void => {
      remove.run(id);
    },
  };
}

export function createUploadRepository(db: Db) {
  const insert = db.prepare(
    `INSERT INTO uploads (staff_id, name, media_type, size_bytes, sha256, created_at)
     VALUES (@staffId, @name, @mediaType, @sizeBytes, @sha256, @now)`,
  );
  const byId = db.prepare<[number, number], UploadRecord>(
    `SELECT ${UPLOAD_COLUMNS} FROM uploads WHERE id = ? AND staff_id = ?`,
  );
  const attach = db.prepare('UPDATE uploads SET draft_id = ? WHERE id = ?');
  const detachAll = db.prepare('UPDATE uploads SET draft_id = NULL WHERE draft_id = ?');
  const remove = db.prepare('DELETE FROM uploads WHERE id = ?');
  const ofDraft = db.prepare<[number], UploadRecord>(
    `SELECT ${UPLOAD_COLUMNS} FROM uploads WHERE draft_id = ? ORDER BY id`,
  );
  const orphans = db.prepare<[number], UploadRecord>(
    `SELECT ${UPLOAD_COLUMNS} FROM uploads WHERE draft_id IS NULL AND created_at < ?`,
  );
  return {
    insert: (upload: {
      staffId: StaffId;
      name: string;
      mediaType: string;
      sizeBytes: number;
      sha256: string;
      now: number;
    }): UploadId => Number(insert.run(upload).lastInsertRowid) as UploadId,
    byId: (id: UploadId, staffId: StaffId): UploadRecord | undefined => byId.get(id, staffId),
    ofDraft: (draftId: DraftId): UploadRecord[] => ofDraft.all(draftId),
    /** Makes these, and only these, the draft's files. */
    setForDraft: (draftId: DraftId, ids: readonly UploadId[]): void => {
      detachAll.run(draftId);
      for (const id of ids) attach.run(draftId, id);
    },
    remove: (id: UploadId): void => {
      remove.run(id);
    },
    /** Uploads that no draft took for a while: a window that closed between upload and save. */
    orphansBefore: (before: number): UploadRecord[] => orphans.all(before),
  };
}
