import type { HttpRequest } from '../../../ports/httpFetch.ts';
import type { FileToSend } from '../../remote.ts';

/** A part's name or file name inside a header line: quotes and line ends would end it (RFC 7578 §4.2). */
function quoted(text: string): string {
  return text.replaceAll('"', '%22').replace(/[\r\n]/g, ' ');
}

const NO_FILE = { name: '', mediaType: 'application/octet-stream' };
const LINE_END = Buffer.from('\r\n');

/**
 * A form as the reference wants it: always multipart, and where files are possible always with an `attachment[]`
 * part, an empty one when there is none (behaviour.md fact 2). Files are read while it is sent, each time anew.
 */
export function multipartForm(
  fields: Readonly<Record<string, string>>,
  files: readonly FileToSend[] | null,
  boundary: string,
): { readonly contentType: string } & Pick<HttpRequest, 'body' | 'upload'> {
  const contentType = `multipart/form-data; boundary=${boundary}`;
  const texts = Object.entries(fields).map(([name, value]) =>
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"\r\n\r\n${value}\r\n`,
    ),
  );
  const headOf = ({ name, mediaType }: Pick<FileToSend, 'name' | 'mediaType'>): Buffer =>
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="attachment[]"; filename="${quoted(name)}"\r\nContent-Type: ${quoted(mediaType)}\r\n\r\n`,
    );
  const end = Buffer.from(`--${boundary}--\r\n`);
  if (files === null || files.length === 0) {
    const none = files === null ? [] : [headOf(NO_FILE), LINE_END];
    return { contentType, body: Buffer.concat([...texts, ...none, end]) };
  }
  const pieces = [...texts, ...files.flatMap((file) => [headOf(file), file, LINE_END]), end];
  const sizeBytes = pieces.reduce((sum, piece) => sum + sizeOf(piece), 0);
  return { contentType, upload: { sizeBytes, read: () => readPieces(pieces) } };
}

type Piece = Uint8Array | FileToSend;
const sizeOf = (piece: Piece): number => (piece instanceof Uint8Array ? piece.length : piece.sizeBytes);

async function* readPieces(pieces: readonly Piece[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    if (piece instanceof Uint8Array) yield piece;
    else yield* readWhole(piece);
  }
}

/** The length of the form was told before: a file that has another one now ends it. */
async function* readWhole(file: FileToSend): AsyncGenerator<Uint8Array> {
  let leftBytes = file.sizeBytes;
  for await (const chunk of file.read()) {
    leftBytes -= chunk.length;
    if (leftBytes < 0) break;
    yield chunk;
  }
  if (leftBytes !== 0) throw new Error(`not ${file.sizeBytes} bytes long any more: ${file.name}`);
}
