import { type Fields, isNotFound, type Json } from './wireText.ts';

/** What one desk was told of people, departments and files. */
export interface DirectoryWatch {
  hearRead(path: string, body: Json, at: number): void;
  hearWrite(path: string, fields: Fields, body: Json): void;
  /** Whether the server said that it has no such one (any more). */
  isGone(table: DirectoryTable, id: number): boolean;
  /** Whether the server said yes to this, or has shown it itself: «email a@b.c», «name Sales», «private 1». */
  hasHeld(table: 'users' | 'departments', id: number, value: string): boolean;
  /** What it was when somebody last looked. */
  shown(table: DirectoryTable, id: number): ShownRow | undefined;
}
export interface ShownRow {
  readonly at: number;
  readonly values: readonly string[];
}
export type DirectoryTable = 'users' | 'departments' | 'attachments';

interface Row {
  readonly id: string;
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly private?: string | undefined;
  readonly msg_id?: string;
}

export function watchDirectory(): DirectoryWatch {
  const gone = new Set<string>();
  const held = new Set<string>();
  /** Departments, and the files of each message, that were listed at some time. */
  const listed = new Map<string, Set<string>>();

  const shown = new Map<string, ShownRow>();
  let readAt = 0;

  const note = (table: DirectoryTable, row: Row, isRead = true): void => {
    const { id, email, name, private: isPrivate } = row;
    const values = table === 'users' ? [`email ${email}`] : [`name ${name}`, `private ${isPrivate}`];
    for (const value of values) held.add(`${table} ${id} ${value}`);
    gone.delete(`${table} ${id}`);
    if (isRead) shown.set(`${table} ${id}`, { at: readAt, values });
  };
  const noteList = (table: DirectoryTable, of: string, rows: readonly Row[]): void => {
    const before = listed.get(of) ?? new Set();
    for (const id of before) if (!rows.some((row) => row.id === id)) gone.add(`${table} ${id}`);
    for (const row of rows) {
      before.add(row.id);
      note(table, row);
    }
    listed.set(of, before);
  };
  const noteFiles = (path: string, files: readonly Row[]): void => {
    const [, of] = /msg_id=(\d+)/.exec(path) ?? [];
    const byMessage = Map.groupBy(files, ({ msg_id: id }) => id ?? '');
    for (const [id, rows] of byMessage) noteList('attachments', `files of ${id}`, rows);
    if (of && !byMessage.has(of)) noteList('attachments', `files of ${of}`, []);
  };
  return {
    hearRead: (path, body, at) => {
      readAt = at;
      const [, user] = /^\/api\/users\/show\/(\d+)/.exec(path) ?? [];
      if (user && isNotFound(body)) gone.add(`users ${user}`);
      if (body.success !== 1) return;
      if (body.user_data) note('users', body.user_data as Row);
      for (const row of (body.users ?? []) as Row[]) note('users', row);
      if (body.departments) noteList('departments', 'departments', body.departments as Row[]);
      if (body.files) noteFiles(path, body.files as Row[]);
    },
    hearWrite: (path, fields, body) => {
      const [, table, action, id] = /^\/api\/(\w+)\/(\w+)\/(\d+)/.exec(path) ?? [];
      if (action === 'delete' && (body.success === 1 || isNotFound(body))) gone.add(`${table} ${id}`);
      if (action !== 'update' || body.success !== 1) return;
      const { new_email: email, name, private: isPrivate } = fields;
      note(table as DirectoryTable, {
        id: String(id),
        ...(email ? { email } : { name, private: isPrivate }),
      });
    },
    isGone: (table, id) => gone.has(`${table} ${id}`),
    shown: (table, id) => shown.get(`${table} ${id}`),
    hasHeld: (table, id, value) => held.has(`${table} ${id} ${value}`),
  };
}
