import libmime from 'libmime';
import { startOf } from '../../html/cutText.ts';
import { decodeWords, displayText } from './headerText.ts';

const LONGEST = 120;
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
const FORBIDDEN = /[<>:"/\\|?*]/g;

/**
 * A name that is safe on any disk and shows what it is (A19): no path, no control or direction marks, no reserved
 * Windows name, no trailing dots, at most 120 UTF-16 units with its extension kept. Without a name, one is made
 * from the type.
 */
export function safeFileName(name: string | null, mediaType: string, number: number): string {
  const last =
    decodeWords(name ?? '')
      .split(/[/\\]/)
      .at(-1) ?? '';
  const clean = displayText(last)
    .replace(FORBIDDEN, '_')
    .replace(/[. ]+$/, '')
    .replace(/^\.+/, '');
  if (clean === '') return `attachment-${number}.${extensionOf(mediaType)}`;
  const named = RESERVED.test(clean) ? `_${clean}` : clean;
  return named.length <= LONGEST ? named : shorten(named);
}

function shorten(name: string): string {
  const extension = /\.[^.]{1,12}$/.exec(name)?.[0] ?? '';
  return startOf(name, LONGEST - extension.length).replace(/[. ]+$/, '') + extension;
}

function extensionOf(mediaType: string): string {
  if (mediaType === 'message/rfc822') return 'eml';
  // Delivery reports and returned headers are text to read.
  if (mediaType.startsWith('message/') || mediaType === 'text/rfc822-headers') return 'txt';
  return libmime.detectExtension(mediaType) || 'bin';
}
