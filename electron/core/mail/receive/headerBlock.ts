import { decodeText } from './charset.ts';

export interface HeaderField {
  /** Lower case. */
  readonly name: string;
  /** Unfolded, decoded from bytes; encoded words are still as they came. */
  readonly value: string;
}
export interface SplitMail {
  readonly headers: readonly HeaderField[];
  /** The bytes after the blank line. */
  readonly body: Buffer;
  readonly headerBytes: number;
}

const LF = 0x0a;
const CR = 0x0d;
const FIELD = /^([!-9;-~]+)[ \t]*:/;
const MBOX_FROM = /^>?From \S/;
/** Real field names are short; prose with a colon in it is not. */
const LONGEST_FIELD_NAME = 100;

/**
 * Cuts a mail into headers and body, as leniently as possible (email-checklist A1–A6): any line end, leading blank
 * lines and mbox lines skipped, stray lines between headers ignored, a body without a blank line before it found.
 */
export function splitMail(raw: Buffer): SplitMail {
  const bytes = withLineFeeds(raw);
  const lines = new LineReader(bytes);
  skipLeading(lines);
  const start = lines.at;
  const fields: Buffer[][] = [];
  for (;;) {
    const lineStart = lines.at;
    const line = lines.next();
    if (line === null)
      return { headers: decodeFields(fields), body: Buffer.alloc(0), headerBytes: lines.at - start };
    if (line.length === 0)
      return { headers: decodeFields(fields), body: bytes.subarray(lines.at), headerBytes: lines.at - start };
    const text = line.toString('latin1', 0, 1_000);
    if (fields.length > 0 && /^[ \t]/.test(text)) fields.at(-1)?.push(line);
    else if (isField(text)) fields.push([line]);
    else if (!headersGoOn(lines, fields.length > 0))
      return {
        headers: decodeFields(fields),
        body: bytes.subarray(lineStart),
        headerBytes: lineStart - start,
      };
  }
}

/** The first field of this name, unfolded; null when there is none. */
export function firstHeader(headers: readonly HeaderField[], name: string): string | null {
  return headers.find((field) => field.name === name)?.value ?? null;
}

export function allHeaders(headers: readonly HeaderField[], name: string): string[] {
  return headers.filter((field) => field.name === name).map((field) => field.value);
}

function isField(line: string): boolean {
  const name = FIELD.exec(line)?.[1];
  return name !== undefined && name.length <= LONGEST_FIELD_NAME;
}

/** After a line that is no header: does the header block continue? Looks one line ahead, moves nothing. */
function headersGoOn(lines: LineReader, hasFields: boolean): boolean {
  const next = lines.peek();
  return next !== null && ((next.length === 0 && hasFields) || isField(next.toString('latin1', 0, 1_000)));
}

function skipLeading(lines: LineReader): void {
  for (let line = lines.peek(); line !== null; line = lines.peek()) {
    const isNoise = line.length === 0 || MBOX_FROM.test(line.toString('latin1', 0, 100));
    if (!isNoise) return;
    lines.next();
  }
}

/** A mail whose only line ends are lone CRs (A1). */
function withLineFeeds(raw: Buffer): Buffer {
  if (raw.includes(LF) || !raw.includes(CR)) return raw;
  return Buffer.from(raw.map((byte) => (byte === CR ? LF : byte)));
}

function decodeFields(fields: readonly Buffer[][]): HeaderField[] {
  const declared = declaredCharset(fields);
  return fields.map((lines) => {
    const bytes = Buffer.concat(lines);
    const colon = bytes.indexOf(':');
    const name = bytes.toString('latin1', 0, colon).trim().toLowerCase();
    return { name, value: decodeValue(bytes.subarray(colon + 1), declared) };
  });
}

const ESCAPE = 0x1b;

/** Headers are ASCII unless a byte says otherwise: the body may be UTF-16 or UTF-7, its headers can't. */
function decodeValue(bytes: Buffer, declared: string | null): string {
  const isAscii = bytes.every((byte) => byte < 0x80 && byte !== ESCAPE);
  const text = isAscii ? bytes.toString('latin1') : decodeText(bytes, declared);
  return text.replace(/[\r\n\t]+/g, ' ').trim();
}

/** What the body says about its charset is the best guess for 8-bit headers (A14). */
function declaredCharset(fields: readonly Buffer[][]): string | null {
  for (const lines of fields) {
    const text = Buffer.concat(lines).toString('latin1', 0, 2_000);
    if (/^content-type[ \t]*:/i.test(text)) return /charset\s*=\s*"?([^";\s]+)/i.exec(text)?.[1] ?? null;
  }
  return null;
}

class LineReader {
  at = 0;
  private readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** The next line without its end; null after the last. */
  next(): Buffer | null {
    if (this.at >= this.bytes.length) return null;
    const { line, end } = this.read();
    this.at = end;
    return line;
  }

  peek(): Buffer | null {
    return this.at >= this.bytes.length ? null : this.read().line;
  }

  private read(): { line: Buffer; end: number } {
    const feed = this.bytes.indexOf(LF, this.at);
    const end = feed < 0 ? this.bytes.length : feed + 1;
    let stop = feed < 0 ? end : feed;
    while (stop > this.at && this.bytes[stop - 1] === CR) stop -= 1;
    return { line: this.bytes.subarray(this.at, stop), end };
  }
}
