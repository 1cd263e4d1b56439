import type { MailAddress } from '../../domain/mailVerdict.ts';
import { contentIdKey } from '../../html/purify.ts';
import { parseAddresses } from './addresses.ts';
import { safeFileName } from './attachmentName.ts';
import { automaticKind, reportKind } from './automatic.ts';
import { type BodyPiece, chooseBody } from './body.ts';
import { decodeText } from './charset.ts';
import { extractDataImages } from './dataImages.ts';
import { allHeaders, firstHeader, type HeaderField, type SplitMail, splitMail } from './headerBlock.ts';
import { headerText } from './headerText.ts';
import { parseMailDate } from './mailDate.ts';
import { contentHash, madeUpMailId, normaliseMailId, referenceIds } from './mailIds.ts';
import { type MimePart, type MimeTree, readMimeParts, withGuessedBoundary } from './mimeParts.ts';
import type { MailAttachment, MailFlag, ParsedMail } from './parsedMail.ts';
import { extractUuencoded, uudecode } from './uuencode.ts';

/** email-checklist A3. */
const LARGEST_HEADER_BYTES = 256 * 1024;

/**
 * Reads a mail, whatever it looks like. Never throws and loses nothing: what can't be understood becomes text or
 * the whole message becomes an attachment, and a flag says so. Works in memory on the raw bytes.
 */
export async function parseMail(raw: Buffer): Promise<ParsedMail> {
  const split = splitMail(raw);
  try {
    return await readMail(raw, split);
  } catch {
    return assemble(raw, split, {
      body: [{ kind: 'text', content: decodeText(raw, null) }],
      attachments: [],
      partTypes: [],
      flags: ['unreadable'],
    });
  }
}

interface MailContent {
  readonly body: readonly BodyPiece[];
  readonly attachments: readonly MailAttachment[];
  readonly partTypes: readonly string[];
  readonly flags: readonly MailFlag[];
}

async function readMail(raw: Buffer, split: SplitMail): Promise<ParsedMail> {
  const flags: MailFlag[] = [];
  if (split.headerBytes > LARGEST_HEADER_BYTES) flags.push('header_too_large');
  const tree = await readTree(split);
  const { pieces, used } = chooseBody(tree.parts);
  const { body, files } = takeFilesOut(pieces);
  const html = body
    .filter((piece) => piece.kind === 'html')
    .map((piece) => piece.content)
    .join('\n');
  const attachments = tree.parts
    .filter((part) => !used.has(part) && (part.content.length > 0 || part.fileName !== null))
    .map((part, at) => toAttachment(part, at + 1, html));
  const whole = tree.isCut ? [wholeMail(raw)] : [];
  if (tree.isCut) flags.push('too_many_parts');
  if (isEncrypted(split.headers)) flags.push('encrypted');
  return assemble(raw, split, {
    body,
    attachments: [...attachments, ...files, ...whole],
    partTypes: tree.parts.map((part) => part.mediaType),
    flags,
  });
}

/** The splitter is given clean headers: those that say what the body is, each once (A6, B1). */
async function readTree(split: SplitMail): Promise<MimeTree> {
  const mail = Buffer.concat([contentHeaders(split.headers), split.body]);
  const tree = await readMimeParts(mail);
  if (tree.parts.length > 0 || tree.isCut || split.body.length === 0) return tree;
  const guessed = withGuessedBoundary(mail);
  const again = guessed ? await readMimeParts(guessed) : tree;
  return again.parts.length > 0 ? again : readMimeParts(Buffer.concat([Buffer.from('\r\n'), split.body]));
}

function contentHeaders(headers: readonly HeaderField[]): Buffer {
  const names = ['content-type', 'content-transfer-encoding', 'content-disposition', 'content-id'];
  const lines = names.flatMap((name) => {
    const value = firstHeader(headers, name);
    return value ? [`${name}: ${value}\r\n`] : [];
  });
  return Buffer.from(`${lines.join('')}\r\n`);
}

/** Files that hide inside the body: uuencoded ones in text, data: pictures in HTML. */
function takeFilesOut(pieces: readonly BodyPiece[]): { body: BodyPiece[]; files: MailAttachment[] } {
  const files: MailAttachment[] = [];
  const body = pieces.map(({ kind, content }) => {
    if (kind === 'html') {
      const { html, images } = extractDataImages(content, files.length);
      files.push(...images);
      return { kind, content: html };
    }
    const { text, files: found } = extractUuencoded(content);
    for (const { name, content: bytes } of found) {
      files.push(plainFile(safeFileName(name, 'application/octet-stream', files.length + 1), bytes));
    }
    return { kind, content: text };
  });
  return { body, files };
}

function toAttachment(part: MimePart, number: number, html: string): MailAttachment {
  const contentId = part.contentId ? contentIdKey(part.contentId) : null;
  // Only a picture that the HTML shows is inline (B7); everything else is a file to download.
  const isInline = contentId !== null && part.mediaType.startsWith('image/') && refersTo(html, contentId);
  return {
    name: safeFileName(part.fileName, part.mediaType, number),
    mediaType: part.mediaType,
    content: /uuencode|x-uue/.test(part.transferEncoding)
      ? (uudecodePart(part.content) ?? part.content)
      : part.content,
    contentId,
    isInline,
  };
}

function uudecodePart(content: Buffer): Buffer | null {
  return uudecode(
    content
      .toString('latin1')
      .replace(/^begin [^\n]*\n/, '')
      .replace(/^end\s*$/m, ''),
  );
}

const CID = /\bcid:([^"'\s>)]{1,500}(?: [^"'>)]{1,200})?)/gi;

function refersTo(html: string, key: string): boolean {
  return [...html.matchAll(CID)].some((match) => contentIdKey(match[1] ?? '') === key);
}

function wholeMail(raw: Buffer): MailAttachment {
  return plainFile('message.eml', raw, 'message/rfc822');
}

function plainFile(name: string, content: Buffer, mediaType = 'application/octet-stream'): MailAttachment {
  return { name, mediaType, content, contentId: null, isInline: false };
}

function isEncrypted(headers: readonly HeaderField[]): boolean {
  const type = (firstHeader(headers, 'content-type') ?? '').toLowerCase();
  return (
    type.startsWith('multipart/encrypted') || (type.includes('pkcs7-mime') && !type.includes('signed-data'))
  );
}

function assemble(raw: Buffer, { headers, body: bodyBytes }: SplitMail, content: MailContent): ParsedMail {
  const [from = null, ...otherFrom] = sendersOf(headers);
  const subject = headerText(firstHeader(headers, 'subject') ?? '');
  const hash = contentHash({
    from: firstHeader(headers, 'from') ?? '',
    date: firstHeader(headers, 'date') ?? '',
    subject: firstHeader(headers, 'subject') ?? '',
    body: headers.length > 0 ? bodyBytes : raw,
  });
  const ownId = firstMailId(headers);
  return {
    mailId: ownId || madeUpMailId(hash),
    contentHash: hash,
    referenceIds: referenceIds(
      firstHeader(headers, 'in-reply-to'),
      firstHeader(headers, 'references'),
    ).filter((id) => id !== ownId),
    from,
    otherFrom,
    replyTo: addressesOf(headers, 'reply-to'),
    to: addressesOf(headers, 'to'),
    cc: addressesOf(headers, 'cc'),
    deliveredTo: ['delivered-to', 'x-original-to', 'envelope-to']
      .flatMap((name) => addressesOf(headers, name))
      .map(({ email }) => email),
    claimedAt: parseMailDate(firstHeader(headers, 'date')),
    subject,
    body: content.body,
    attachments: content.attachments,
    automatic: automaticKind(headers, from, subject),
    report: reportKind(headers, content.partTypes, from, subject),
    flags: ownId ? content.flags : [...content.flags, 'no_message_id'],
  };
}

/** From, else Sender, else Return-Path (A7); the first From that names an address counts (A6). */
function sendersOf(headers: readonly HeaderField[]): MailAddress[] {
  for (const name of ['from', 'sender', 'return-path']) {
    for (const value of allHeaders(headers, name)) {
      const found = parseAddresses(value);
      if (found.length > 0) return found;
    }
  }
  return [];
}

/** The first id in proper form, else the first in any (A6, F2). */
function firstMailId(headers: readonly HeaderField[]): string {
  const values = allHeaders(headers, 'message-id');
  return normaliseMailId(
    values.find((value) => /<[^<>\s]+@[^<>\s]+>/.test(value)) ?? values.find((value) => value !== '') ?? '',
  );
}

function addressesOf(headers: readonly HeaderField[], name: string): MailAddress[] {
  return allHeaders(headers, name).flatMap(parseAddresses);
}
