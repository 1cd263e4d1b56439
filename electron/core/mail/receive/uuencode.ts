export interface UuFile {
  readonly name: string;
  readonly content: Buffer;
}

const BLOCK = /^begin [0-7]{3,4} ([^\n]{1,255})\n([\s\S]*?)^end[ \t]*$\n?/gm;

/** Takes uuencoded files out of a plain text (B10). A block that doesn't decode stays in the text. */
export function extractUuencoded(text: string): { text: string; files: UuFile[] } {
  if (!text.includes('begin ')) return { text, files: [] };
  const files: UuFile[] = [];
  const rest = text.replace(/\r\n/g, '\n').replace(BLOCK, (whole, name: string, body: string) => {
    const content = uudecode(body);
    if (content === null) return whole;
    files.push({ name: name.trim(), content });
    return '';
  });
  return files.length === 0 ? { text, files } : { text: rest, files };
}

/** The lines between `begin` and `end`; null when one of them is not uuencoded. */
export function uudecode(body: string): Buffer | null {
  const chunks: Buffer[] = [];
  for (const line of body.split('\n')) {
    const trimmed = line.replace(/\s+$/, '');
    if (trimmed === '') continue;
    const length = (trimmed.charCodeAt(0) - 32) & 63;
    if (length === 0) continue;
    const bytes = decodeLine(trimmed.slice(1), length);
    if (bytes === null) return null;
    chunks.push(bytes);
  }
  return chunks.length === 0 ? null : Buffer.concat(chunks);
}

function decodeLine(encoded: string, length: number): Buffer | null {
  const needed = Math.ceil(length / 3) * 4;
  // Trailing spaces are often lost on the way; fewer than the last group is damage.
  if (encoded.length < needed - 4 || encoded.length > needed + 2 || /[^ -`]/.test(encoded)) return null;
  const padded = encoded.padEnd(needed, ' ');
  const bytes = Buffer.alloc((needed / 4) * 3);
  for (let at = 0; at < needed; at += 4) {
    const group = [0, 1, 2, 3].reduce(
      (bits, offset) => (bits << 6) | ((padded.charCodeAt(at + offset) - 32) & 63),
      0,
    );
    bytes.writeUIntBE(group, (at / 4) * 3, 3);
  }
  return bytes.subarray(0, length);
}
