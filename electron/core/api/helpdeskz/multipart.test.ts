import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { readMultipart } from './multipart.ts';

it('answers an error when reading a file fails in a way that nobody foresaw', async () => {
  const body = '--x\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\nabc\r\n--x--\r\n';
  const source = Object.assign(Readable.from([Buffer.from(body)]), {
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
  }) as unknown as IncomingMessage;
  const read = await readMultipart(source, {
    maxRequestBytes: 1000,
    maxFileBytes: 100,
    field: () => {},
    file: async (_name, _fileName, content) => {
      content.resume();
      throw new Error('a mistake');
    },
  });
  expect(read).toMatchObject({ ok: false, error: { code: 'internal' } });
});
