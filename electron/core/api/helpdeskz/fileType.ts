import { fileTypeFromBuffer, supportedExtensions } from 'file-type';

/** How much of a file's start its judgement needs; office files name their kind some kilobytes in. */
export const HEAD_BYTES = 64 * 1024;

/** Extensions of files that are text and have no signature. */
const TEXT_EXTENSIONS = new Set(
  'txt csv tsv log md json xml html htm svg css js ics vcf eml yml yaml ini conf sql rtf asc'.split(' '),
);

/** Several extensions for one content, and containers that are told apart only deep inside. */
const SAME_CONTENT: readonly (readonly string[])[] = [
  ['jpg', 'jpeg'],
  ['tif', 'tiff'],
  ['gz', 'tgz'],
  ['mp4', 'm4v', 'm4a', 'mov', 'qt', '3gp'],
  ['ogg', 'oga', 'ogv', 'opus'],
  ['cfb', 'doc', 'xls', 'ppt', 'msg', 'msi'],
  ['zip', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp', 'epub', 'pages', 'numbers', 'key'],
];

export interface Judgement {
  /** Found in the content; what the sender claims counts for nothing. */
  readonly mediaType: string;
  readonly isAllowed: boolean;
}

/**
 * Whether a file may come in: its extension is on the desk's list and fits the content (behaviour.md 3.1). A
 * kind without a known signature is taken by its name.
 */
export async function judgeFile(name: string, head: Buffer, allowed: readonly string[]): Promise<Judgement> {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const isListed = allowed.includes(extension);
  // It reads what strangers send, and some of what they send it throws at.
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (found && found.ext !== 'xml') {
    return { mediaType: found.mime, isAllowed: isListed && isSameContent(extension, found.ext) };
  }
  if (isText(head)) return { mediaType: 'text/plain', isAllowed: isListed && TEXT_EXTENSIONS.has(extension) };
  const hasSignature = (supportedExtensions as ReadonlySet<string>).has(extension);
  return {
    mediaType: 'application/octet-stream',
    isAllowed: isListed && !hasSignature && !TEXT_EXTENSIONS.has(extension),
  };
}

function isSameContent(claimed: string, found: string): boolean {
  return claimed === found || SAME_CONTENT.some((kind) => kind.includes(claimed) && kind.includes(found));
}

function isText(head: Buffer): boolean {
  return !head.includes(0);
}
