const LF = 0x0a;
const CR = 0x0d;
const F = 0x46;
const ESCAPE_MARK = 0x3e;
const SEPARATOR = Buffer.from('From ');
/** `From ann@x.test Tue Mar  4 10:00:00 2025`: a time and a year make it certain. */
const DATED = /^From \S.*\b\d{1,2}:\d{2}\b.*\b\d{4}\b/;
const HEADER = /^[!-9;-~]+[ \t]*:/;
const CONTENT_LENGTH = /^content-length[ \t]*:[ \t]*(\d{1,10})\s*$/i;
/** A line this long is handed on in pieces: it is no separator. */
const LONGEST_LINE = 1024 * 1024;

export interface MboxMessage {
  /** The mail without its `From ` line, `>From ` escapes undone. Only its start when `isCut`. */
  readonly raw: Buffer;
  /** Where its bytes begin in the file, after the `From ` line, and how many they are. */
  readonly offset: number;
  readonly lengthBytes: number;
  /** Longer than `largestBytes`: `raw` holds that much of it. */
  readonly isCut: boolean;
}

/**
 * Splits an mbox stream into its mails without holding more than one of them. Understands mboxo, mboxrd and
 * mboxcl (a Content-Length is believed when a mail really ends there), LF and CRLF. A stream that doesn't begin
 * with a `From ` line is one mail up to the first separator. Stops at once when `signal` aborts.
 */
export async function* splitMbox(
  stream: AsyncIterable<Buffer>,
  options: { signal?: AbortSignal; largestBytes?: number } = {},
): AsyncGenerator<MboxMessage> {
  const splitter = new MboxSplitter(options.largestBytes ?? Number.MAX_SAFE_INTEGER);
  for await (const chunk of stream) {
    for (const message of splitter.push(chunk)) {
      if (options.signal?.aborted) return;
      yield message;
    }
    if (options.signal?.aborted) return;
  }
  yield* splitter.end();
}

class MboxSplitter {
  private readonly largestBytes: number;
  private carry: Buffer = Buffer.alloc(0);
  private readonly done: MboxMessage[] = [];
  private current: MessageBuffer;
  private readBytes = 0;
  private isMidLine = false;
  private isAfterBlank = true;
  /** A `From ` line without a date: a separator only if a header follows. */
  private doubtful: Buffer | null = null;

  constructor(largestBytes: number) {
    this.largestBytes = largestBytes;
    this.current = new MessageBuffer(0, largestBytes);
  }

  push(chunk: Buffer): MboxMessage[] {
    const bytes = this.carry.length > 0 ? Buffer.concat([this.carry, chunk]) : chunk;
    let at = 0;
    for (let feed = bytes.indexOf(LF, at); feed >= 0; feed = bytes.indexOf(LF, at)) {
      this.line(bytes.subarray(at, feed + 1));
      at = feed + 1;
    }
    this.carry = bytes.subarray(at);
    if (this.carry.length > LONGEST_LINE) {
      this.line(this.carry);
      this.isMidLine = true;
      this.carry = Buffer.alloc(0);
    }
    return this.done.splice(0);
  }

  end(): MboxMessage[] {
    if (this.carry.length > 0) this.line(this.carry);
    this.settleDoubtful(null);
    this.finish(null);
    return this.done.splice(0);
  }

  private line(line: Buffer): void {
    const isContinued = this.isMidLine;
    this.isMidLine = false;
    if (isContinued) {
      this.content(line, line);
      return;
    }
    this.settleDoubtful(line);
    if (this.isAfterBlank && line[0] === F && line.subarray(0, 5).equals(SEPARATOR)) {
      if (DATED.test(line.toString('latin1', 0, 200))) this.separator(line);
      else this.doubtful = line;
      return;
    }
    this.content(line, line[0] === ESCAPE_MARK && isEscaped(line) ? line.subarray(1) : line);
    this.isAfterBlank = isBlank(line);
  }

  private settleDoubtful(next: Buffer | null): void {
    const { doubtful } = this;
    if (doubtful === null) return;
    this.doubtful = null;
    if (next !== null && HEADER.test(next.toString('latin1', 0, 200))) this.separator(doubtful);
    else {
      this.content(doubtful, doubtful);
      this.isAfterBlank = false;
    }
  }

  private content(original: Buffer, kept: Buffer): void {
    this.readBytes += original.length;
    this.current.add(kept, original.length);
  }

  private separator(line: Buffer): void {
    if (this.current.isInsideDeclaredLength()) {
      this.current.candidates.push(this.current.keptBytes);
      this.content(line, line);
      this.isAfterBlank = false;
      return;
    }
    this.finish(line);
  }

  private finish(line: Buffer | null): void {
    this.done.push(...this.current.messages());
    this.readBytes += line?.length ?? 0;
    this.current = new MessageBuffer(this.readBytes, this.largestBytes);
    this.isAfterBlank = false;
  }
}

/** One message while it is read. */
class MessageBuffer {
  /** Separator lines inside the declared Content-Length, as offsets into the kept bytes. */
  readonly candidates: number[] = [];
  keptBytes = 0;
  private readonly offset: number;
  private readonly largestBytes: number;
  private readonly pieces: Buffer[] = [];
  private originalBytes = 0;
  private headBytes: number | null = null;
  private declaredLength: number | null = null;

  constructor(offset: number, largestBytes: number) {
    this.offset = offset;
    this.largestBytes = largestBytes;
  }

  add(line: Buffer, originalLength: number): void {
    this.originalBytes += originalLength;
    if (this.headBytes === null) this.readHead(line);
    if (this.keptBytes >= this.largestBytes) return;
    // A copy: the line is a view into a chunk that would be kept alive as a whole.
    this.pieces.push(Buffer.from(line));
    this.keptBytes += line.length;
  }

  isInsideDeclaredLength(): boolean {
    return (
      this.headBytes !== null &&
      this.declaredLength !== null &&
      this.originalBytes < this.headBytes + this.declaredLength
    );
  }

  messages(): MboxMessage[] {
    const bytes = Buffer.concat(this.pieces);
    if (this.candidates.length === 0 || this.endsAsDeclared()) return this.message(bytes, 0, bytes.length);
    // The Content-Length was wrong: the separators that it hid are real.
    const starts = [0, ...this.candidates];
    return starts.flatMap((start, index) => {
      const lineEnd = start === 0 ? 0 : bytes.indexOf(LF, start) + 1;
      return this.message(bytes, lineEnd, this.candidates[index] ?? bytes.length);
    });
  }

  private message(bytes: Buffer, start: number, end: number): MboxMessage[] {
    const raw = withoutLastBlank(bytes.subarray(start, end));
    if (raw.every((byte) => byte === LF || byte === CR)) return [];
    const isCut = this.originalBytes > this.largestBytes;
    return [
      { raw, offset: this.offset + start, lengthBytes: isCut ? this.originalBytes : end - start, isCut },
    ];
  }

  private endsAsDeclared(): boolean {
    const beyond = this.originalBytes - (this.headBytes ?? 0) - (this.declaredLength ?? 0);
    // The blank line before the next separator is not part of the length.
    return beyond >= 0 && beyond <= 2;
  }

  private readHead(line: Buffer): void {
    if (isBlank(line)) this.headBytes = this.originalBytes;
    const declared = CONTENT_LENGTH.exec(line.toString('latin1', 0, 100))?.[1];
    if (declared !== undefined && Number(declared) < this.largestBytes)
      this.declaredLength = Number(declared);
  }
}

function isBlank(line: Buffer): boolean {
  return line[0] === LF || (line[0] === CR && line[1] === LF);
}

/** `>From `, `>>From `, … */
function isEscaped(line: Buffer): boolean {
  let at = 0;
  while (line[at] === ESCAPE_MARK) at += 1;
  return line.subarray(at, at + 5).equals(SEPARATOR);
}

/** The blank line before the next separator belongs to the file, not to the mail. */
function withoutLastBlank(bytes: Buffer): Buffer {
  if (bytes.length >= 4 && bytes.subarray(-4).toString('latin1') === '\r\n\r\n') return bytes.subarray(0, -2);
  return bytes.length >= 2 && bytes.subarray(-2).toString('latin1') === '\n\n'
    ? bytes.subarray(0, -1)
    : bytes;
}
