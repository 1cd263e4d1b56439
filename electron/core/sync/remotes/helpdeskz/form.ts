import type { FileToSend } from '../../remote.ts';

/** A part's name or file name inside a header line: quotes and line ends would end it (RFC 7578 §4.2). */
function quoted(text: string): string {
  return text.replaceAll('"', '%22').replace(/[\r\n]/g, ' ');
}

/**
 * A form as the reference wants it: always multipart, and where files are possible always with an `attachment[]`
 * part, an empty one when there is none (behaviour.md fact 2).
 */
export function multipartForm(
  fields: Readonly<Record<string, string>>,
  files: readonly FileToSend[] | null,
  boundary: string,
): { readonly body: Uint8Array; readonly contentType: string } {
  const pieces: Uint8Array[] = Object.entries(fields).map(([name, value]) =>
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"\r\n\r\n${value}\r\n`,
    ),
  );
  const parts =
    files?.length === 0
      ? [{ name: '', mediaType: 'application/octet-stream', content: Buffer.alloc(0) }]
      : files;
  for (const { name, mediaType, content } of parts ?? []) {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="attachment[]"; filename="${quoted(name)}"\r\nContent-Type: ${quoted(mediaType)}\r\n\r\n`;
    pieces.push(Buffer.from(head), content, Buffer.from('\r\n'));
  }
  pieces.push(Buffer.from(`--${boundary}--\r\n`));
  return { body: Buffer.concat(pieces), contentType: `multipart/form-data; boundary=${boundary}` };
}
