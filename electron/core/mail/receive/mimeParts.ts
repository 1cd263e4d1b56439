import { type MimeNode, Splitter } from '@zone-eu/mailsplit';
import { firstHeader, splitMail } from './headerBlock.ts';

/** A leaf of the MIME tree with its bytes, transfer encoding removed. */
export interface MimePart {
  /** Lower case, repaired: always `type/subtype`. */
  readonly mediaType: string;
  readonly charset: string | null;
  readonly disposition: string | null;
  readonly fileName: string | null;
  readonly contentId: string | null;
  readonly transferEncoding: string;
  readonly isFlowed: boolean;
  readonly deletesSpace: boolean;
  readonly content: Buffer;
  /** The multipart containers around it, outermost first. */
  readonly containers: readonly MimeContainer[];
}
export interface MimeContainer {
  readonly number: number;
  /** `mixed`, `alternative`, … */
  readonly subtype: string;
}
export interface MimeTree {
  readonly parts: readonly MimePart[];
  /** Nesting or number of parts passed the limit (B4): what is missing has to be kept another way. */
  readonly isCut: boolean;
}

/** Limits of email-checklist B4. */
const DEEPEST = 50;
const MOST_PARTS = 1_000;
const LONGEST_HEAD = 1024 * 1024;
const TOP_TYPES = new Set([
  'text',
  'image',
  'audio',
  'video',
  'application',
  'message',
  'multipart',
  'model',
  'font',
  'chemical',
]);
/** What stands in a digest without a type of its own is a message (RFC 2046 §5.1.5). */
const DIGEST_TYPE = 'message/rfc822';

/**
 * The leaves of a mail. The splitter (mailparser's engine) finds them and keeps their bytes as they are; embedded
 * messages stay whole (B11). Reads everything in memory: the caller bounds the size.
 */
export async function readMimeParts(mail: Buffer): Promise<MimeTree> {
  const splitter = new Splitter({
    ignoreEmbedded: true,
    maxHeadSize: LONGEST_HEAD,
    maxChildNodes: MOST_PARTS,
  });
  const bodies = new Map<MimeNode, Buffer[]>();
  let isCut = false;
  try {
    splitter.end(mail);
    for await (const chunk of splitter) {
      const { type, node, value } = chunkOf(chunk);
      if (type === 'node' && node && !node.multipart) bodies.set(node, []);
      else if (type === 'body' && node && value) bodies.get(node)?.push(value);
    }
  } catch {
    isCut = true;
  }
  const containers = new ContainerNumbers();
  const parts: MimePart[] = [];
  for (const [node, chunks] of bodies) {
    const around = containers.around(node);
    if (around.length > DEEPEST) isCut = true;
    else parts.push(await toPart(node, Buffer.concat(chunks), around));
  }
  return { parts, isCut };
}

interface Chunk {
  readonly type: string;
  readonly node: MimeNode | null;
  readonly value: Buffer | null;
}

function chunkOf(chunk: unknown): Chunk {
  const data = chunk as { type: string; node?: MimeNode; value?: Buffer };
  return {
    type: data.type,
    node: data.type === 'node' ? (chunk as MimeNode) : (data.node ?? null),
    value: data.value ?? null,
  };
}

async function toPart(node: MimeNode, raw: Buffer, containers: readonly MimeContainer[]): Promise<MimePart> {
  const headers = node.headers || null;
  const isDigest = containers.at(-1)?.subtype === 'digest' && !headers?.getFirst('content-type');
  const declared = isDigest ? DIGEST_TYPE : String(node.contentType || '');
  return {
    mediaType: mediaTypeOf(declared),
    charset: node.charset || (/charset\s*=\s*"?([\w.:-]+)/i.exec(declared)?.[1] ?? null),
    disposition: dispositionOf(node.disposition || ''),
    fileName: node.filename || null,
    contentId: headers?.getFirst('content-id') || null,
    transferEncoding: node.encoding || '7bit',
    isFlowed: node.flowed,
    deletesSpace: node.delSp,
    content: await decodeTransfer(node, raw),
    containers,
  };
}

/** `text` and `plain/text` are text/plain (B2); `text/plain charset=utf-8` lacks a semicolon. */
function mediaTypeOf(declared: string): string {
  const type = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+/.exec(declared.trim().toLowerCase())?.[0] ?? 'text/plain';
  const [top = ''] = type.split('/');
  return TOP_TYPES.has(top) || top.startsWith('x-') ? type : 'text/plain';
}

function dispositionOf(value: string): string | null {
  return /^[\w-]+/.exec(value.toLowerCase())?.[0] ?? null;
}

async function decodeTransfer(node: MimeNode, raw: Buffer): Promise<Buffer> {
  if (node.encoding !== 'base64' && node.encoding !== 'quoted-printable') return raw;
  try {
    const decoder = node.getDecoder();
    decoder.end(node.encoding === 'base64' ? base64Of(raw) : raw);
    const chunks: Buffer[] = [];
    for await (const chunk of decoder)
      chunks.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk)));
    return Buffer.concat(chunks);
  } catch {
    return raw;
  }
}

/** After the padding, a line with other characters is a footer that a list server added (B10, B13). */
function base64Of(raw: Buffer): Buffer {
  const padding = raw.indexOf('=');
  if (padding < 0) return raw;
  const rest = raw.toString('latin1', padding).replace(/^=+\s*/, '');
  return /^[A-Za-z0-9+/=\s]*$/.test(rest) ? raw : raw.subarray(0, padding + 2);
}

class ContainerNumbers {
  private readonly numbers = new Map<MimeNode, number>();

  around(node: MimeNode): MimeContainer[] {
    const containers: MimeContainer[] = [];
    for (let parent = node.parentNode; parent; parent = parent.parentNode) {
      const container = parent as MimeNode;
      const number = this.numbers.get(container) ?? this.numbers.size;
      this.numbers.set(container, number);
      containers.push({ number, subtype: String(container.multipart || '') });
    }
    return containers.reverse();
  }
}

/**
 * A multipart mail in which no part was found: its boundary is missing or wrong (B3). Answers the mail with the
 * boundary that its body seems to use, null when there is none.
 */
export function withGuessedBoundary(mail: Buffer): Buffer | null {
  const { headers, body } = splitMail(mail);
  if (!/multipart\//i.test(firstHeader(headers, 'content-type') ?? '')) return null;
  const guess = /^--([^\s-][^\r\n]{0,68}?)[ \t]*\r?\n(?:[!-9;-~]+:|\r?\n)/m.exec(
    body.toString('latin1', 0, 100_000),
  )?.[1];
  if (guess === undefined || guess.includes('"')) return null;
  return Buffer.concat([
    Buffer.from(`Content-Type: multipart/mixed; boundary="${guess}"\r\n\r\n`, 'latin1'),
    body,
  ]);
}
