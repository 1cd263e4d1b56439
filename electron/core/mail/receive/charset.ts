import iconv from 'iconv-lite';

/** Labels seen in mail that neither WHATWG nor iconv-lite know (email-checklist C2). */
const ALIASES: Readonly<Record<string, string>> = {
  ansi: 'windows-1252',
  ascii: 'us-ascii',
  'ansi_x3.4-1968': 'us-ascii',
  'unicode-1-1-utf-7': 'utf-7',
  unicode: 'utf-16',
  'ks_c_5601-1987': 'euc-kr',
  'iso-8859-8-i': 'iso-8859-8',
  'x-mac-roman': 'macintosh',
};
/** Labels that senders write without looking: UTF-8 and Windows-1252 hide behind them. */
const CARELESS = new Set([
  '',
  'us-ascii',
  'iso-8859-1',
  'latin1',
  'windows-1252',
  'utf-8',
  'utf8',
  '7bit',
  '8bit',
]);
const META_CHARSET = /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})/i;
const META_WITHIN = 2_048;

/**
 * The text of a body: its declared charset unless the bytes contradict it (email-checklist part C). Never throws;
 * what can't be decoded becomes U+FFFD.
 */
export function decodeText(bytes: Buffer, label: string | null, isHtml = false): string {
  const bom = bomOf(bytes);
  if (bom) return stripBom(decodeAs(bytes, bom) ?? '');
  const declared = normalLabel(label ?? '');
  if (CARELESS.has(declared)) return decodeCareless(bytes, isHtml);
  return stripBom(decodeAs(bytes, declared) ?? decodeCareless(bytes, isHtml));
}

/** `"utf-8 (Unicode)"` → `utf-8`, `cp-850` → `cp850`. */
function normalLabel(label: string): string {
  const bare = /[a-z0-9][\w.:+-]*/i.exec(label.replace(/["']/g, ''))?.[0]?.toLowerCase() ?? '';
  const known = ALIASES[bare] ?? bare;
  return known.replace(/^(cp|win(?:dows)?|ibm)[-_]?(\d+)$/, (_, maker: string, page: string) =>
    maker.startsWith('win') ? `windows-${page}` : `cp${page}`,
  );
}

function decodeCareless(bytes: Buffer, isHtml: boolean): string {
  const utf8 = decodeAs(bytes, 'utf-8') ?? '';
  const broken = count(utf8, /\ufffd/g);
  if (broken === 0) return stripBom(utf8);
  const meta = isHtml ? metaCharset(bytes) : null;
  if (meta !== null) {
    const text = decodeAs(bytes, meta);
    if (text !== null) return text;
  }
  // A tail cut inside a character (C5) breaks one; text that isn't UTF-8 breaks nearly all of them.
  const sound = count(utf8, /[\u0080-\ufffc]/g);
  return stripBom(sound > broken ? utf8 : (decodeAs(bytes, 'windows-1252') ?? utf8));
}

function metaCharset(bytes: Buffer): string | null {
  const label = META_CHARSET.exec(bytes.toString('latin1', 0, META_WITHIN))?.[1];
  const normal = normalLabel(label ?? '');
  return normal === '' || normal === 'utf-8' ? null : normal;
}

/** Null when the charset is unknown. */
function decodeAs(bytes: Buffer, label: string): string | null {
  try {
    // The platform's decoders follow the WHATWG tables (ISO-2022-JP with half-width kana, GB18030, windows-125x).
    return new TextDecoder(label, { ignoreBOM: true }).decode(bytes);
  } catch {
    return iconv.encodingExists(label) ? iconv.decode(bytes, label) : null;
  }
}

function bomOf(bytes: Buffer): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return null;
}

function stripBom(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
