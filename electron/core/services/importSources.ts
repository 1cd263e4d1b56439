import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { firstHeader, splitMail } from '../mail/receive/headerBlock.ts';
import { parseMailDate } from '../mail/receive/mailDate.ts';

/** A file of one mail or of many, found where the person pointed. */
export interface ImportSource {
  readonly name: string;
  readonly sizeBytes: number;
  readonly isMbox: boolean;
  /** The bytes, or a range of them. */
  open(range?: { start: number; end: number }): Readable;
}
export type FoundSource =
  | { readonly ok: true; readonly source: ImportSource }
  | { readonly ok: false; readonly name: string; readonly reason: string };

const HEAD_BYTES = 64 * 1024;
const MAILDIR = new Set(['cur', 'new']);
const MAIL_NAME = /\.(?:eml|mbox|mbx)$/i;
/** Thunderbird keeps an mbox without a suffix beside an index `.msf`. */
const NO_SUFFIX = /^[^.]+$/;

/**
 * The mail files behind the given paths: a file as it is, a folder with everything below it (`.eml`, `.mbox`,
 * Maildir `cur` and `new`, mbox files without a suffix). Oldest mail first, so that an answer finds what it
 * answers. What can't be read is named, not thrown.
 */
export async function findSources(paths: readonly string[]): Promise<FoundSource[]> {
  const found: (FoundSource & { at: number })[] = [];
  for (const path of paths) {
    for (const file of await filesBelow(path)) found.push(await lookAt(file, path));
  }
  return found.sort((a, b) => a.at - b.at);
}

type File = { path: string; isGiven: boolean } | { path: string; error: string };

async function filesBelow(path: string): Promise<File[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [{ path, isGiven: true }];
    const entries = await readdir(path, { withFileTypes: true, recursive: true });
    return entries
      .filter(
        (entry) => entry.isFile() && (isMailName(entry.name) || MAILDIR.has(basename(entry.parentPath))),
      )
      .map((entry) => ({ path: join(entry.parentPath, entry.name), isGiven: false }))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  } catch (error) {
    return [{ path, error: error instanceof Error && 'code' in error ? String(error.code) : 'unreadable' }];
  }
}

function isMailName(name: string): boolean {
  return MAIL_NAME.test(name) || NO_SUFFIX.test(name);
}

async function lookAt(file: File, root: string): Promise<FoundSource & { at: number }> {
  const name = relative(root, file.path).split(sep).join('/') || basename(file.path);
  if ('error' in file) return { ok: false, name, reason: `this file can’t be read (${file.error})`, at: 0 };
  try {
    const { sizeBytes, head, modifiedAt } = await readHead(file.path);
    const isMbox = startsLikeMbox(head) || /\.mbo?x$/i.test(file.path);
    const claimed = parseMailDate(firstHeader(splitMail(head).headers, 'date'));
    return { ok: true, source: sourceOf(file.path, name, sizeBytes, isMbox), at: claimed ?? modifiedAt };
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return { ok: false, name, reason: `this file can’t be read (${reason})`, at: 0 };
  }
}

async function readHead(path: string): Promise<{ sizeBytes: number; head: Buffer; modifiedAt: number }> {
  const handle = await open(path, 'r');
  try {
    const { size, mtimeMs } = await handle.stat();
    const head = Buffer.alloc(Math.min(size, HEAD_BYTES));
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    return { sizeBytes: size, head: head.subarray(0, bytesRead), modifiedAt: mtimeMs };
  } finally {
    await handle.close();
  }
}

function sourceOf(path: string, name: string, sizeBytes: number, isMbox: boolean): ImportSource {
  return { name, sizeBytes, isMbox, open: (range) => createReadStream(path, range) };
}

function startsLikeMbox(head: Buffer): boolean {
  return head.subarray(0, 5).toString('latin1') === 'From ';
}
