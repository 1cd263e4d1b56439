import { expect, it } from 'vitest';
import type { FileToSend } from '../../remote.ts';
import { multipartForm } from './form.ts';

const fields = { replier: 'staff', 'an "odd"\r\nname': 'näh' };
const TEXTS =
  '--B\r\nContent-Disposition: form-data; name="replier"\r\n\r\nstaff\r\n' +
  '--B\r\nContent-Disposition: form-data; name="an %22odd%22  name"\r\n\r\nnäh\r\n';

/** A file that comes in these pieces, whatever its size is said to be. */
const fileOf = (name: string, sizeBytes: number, ...pieces: string[]): FileToSend => ({
  ...{ name, sizeBytes, mediaType: 'text/plain' },
  async *read() {
    for (const piece of pieces) yield Buffer.from(piece);
  },
});

async function sent(files: readonly FileToSend[]): Promise<string> {
  const { upload } = multipartForm(fields, files, 'B');
  if (!upload) throw new Error('not an upload');
  const bytes = Buffer.concat(await Array.fromAsync(upload.read()));
  expect(upload.sizeBytes).toBe(bytes.length);
  return bytes.toString();
}

it('a form without files is held as a whole, with an empty part where files could be', () => {
  expect(multipartForm(fields, null, 'B')).toEqual({
    contentType: 'multipart/form-data; boundary=B',
    body: Buffer.from(`${TEXTS}--B--\r\n`),
  });
  const { body } = multipartForm(fields, [], 'B');
  expect(String(body)).toBe(
    `${TEXTS}--B\r\nContent-Disposition: form-data; name="attachment[]"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n\r\n--B--\r\n`,
  );
});

it('files are read piece by piece, each time anew, into a form whose length was known before', async () => {
  const files = [fileOf('a "b".txt', 6, 'äb', 'cde'), fileOf('empty.txt', 0)];
  const whole =
    TEXTS +
    '--B\r\nContent-Disposition: form-data; name="attachment[]"; filename="a %22b%22.txt"\r\nContent-Type: text/plain\r\n\r\näbcde\r\n' +
    '--B\r\nContent-Disposition: form-data; name="attachment[]"; filename="empty.txt"\r\nContent-Type: text/plain\r\n\r\n\r\n' +
    '--B--\r\n';
  expect(await sent(files)).toBe(whole);
  expect(await sent(files)).toBe(whole);
});

it.each([
  ['shorter', 5],
  ['longer', 3],
])('a file that became %s ends the form: what follows would be read as part of it', async (_name, size) => {
  const files = [fileOf('a.txt', size, 'abcd'), fileOf('b.txt', 8 - size, 'abcd')];
  await expect(sent(files)).rejects.toThrow('a.txt');
});
