import { request as httpRequest, type OutgoingHttpHeaders } from 'node:http';
import { undocumented } from './documented.ts';

export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly location: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** The body as it came. */
  readonly bytes: Buffer;
}

export interface Part {
  readonly name: string;
  readonly value?: string;
  readonly filename?: string;
  readonly type?: string;
  readonly content?: Buffer;
}

const BOUNDARY = '----staffdesk-contract-boundary';
const TIMEOUT_MS = 20_000;

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Buffer;
}

/** Sends one request over a real socket; rejects when no answer comes, or one that the API's document does not know. */
export async function send(port: number, sent: Sent): Promise<Answer> {
  const answer = await exchange(port, sent);
  const problems = undocumented(sent.method, sent.path, answer);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return answer;
}

/** The same without a look at the document: for addresses of other systems, which it does not know. */
export function exchange(port: number, { method, path, headers = {}, body }: Sent): Promise<Answer> {
  const length = body || method === 'POST' ? { 'Content-Length': body?.length ?? 0 } : {};
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      host: '127.0.0.1',
      port,
      method,
      path,
      headers: { ...headers, ...length },
    });
    request.setTimeout(TIMEOUT_MS, () => request.destroy(new Error(`no answer to ${method} ${path}`)));
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        resolve({
          status: response.statusCode ?? 0,
          contentType: String(response.headers['content-type'] ?? ''),
          location: response.headers.location,
          headers: response.headers,
          body: bytes.toString('utf8'),
          bytes,
        });
      });
    });
    request.end(body);
  });
}

export function multipart(parts: readonly Part[]): { body: Buffer; contentType: string } {
  const pieces = parts.flatMap(({ name, value, filename, type, content }) => {
    const disposition = `Content-Disposition: form-data; name="${name}"`;
    const head =
      filename === undefined
        ? disposition
        : `${disposition}; filename="${filename}"\r\nContent-Type: ${type ?? 'application/octet-stream'}`;
    return [
      Buffer.from(`--${BOUNDARY}\r\n${head}\r\n\r\n`),
      content ?? Buffer.from(value ?? ''),
      Buffer.from('\r\n'),
    ];
  });
  const body = Buffer.concat([...pieces, Buffer.from(`--${BOUNDARY}--\r\n`)]);
  return { body, contentType: `multipart/form-data; boundary=${BOUNDARY}` };
}

export function urlencoded(fields: Readonly<Record<string, string>>): { body: Buffer; contentType: string } {
  const body = Buffer.from(new URLSearchParams(fields).toString());
  return { body, contentType: 'application/x-www-form-urlencoded' };
}
