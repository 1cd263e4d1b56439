/** A request as PHP sees it, and an answer; both plain values so that a simulation needs no sockets. */
export interface FakeRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly peer?: string;
}

export interface FakeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface UploadedFile {
  readonly name: string;
  readonly content: Buffer;
}

export interface Form {
  readonly fields: Readonly<Record<string, string>>;
  /** Files of `attachment[]`, in order; null when there was no such part. */
  readonly files: readonly UploadedFile[] | null;
  /** An array where a text is expected, or a file part under another name: PHP 8 dies of it. */
  readonly isFatal: boolean;
}

const JSON_TYPE = 'application/json; charset=UTF-8';
const HTML_TYPE = 'text/html; charset=UTF-8';

const toJson = (status: number, value: unknown): FakeResponse => ({
  status,
  headers: { 'content-type': JSON_TYPE, 'cache-control': 'no-store, max-age=0, no-cache' },
  body: JSON.stringify(value),
});

export const success = (value: Record<string, unknown>): FakeResponse =>
  toJson(200, { success: 1, ...value });
export const failure = (message: string, status = 200): FakeResponse => toJson(status, { error: 1, message });
/** What a PHP fault looks like from outside. */
export const fatal = (): FakeResponse => ({ status: 500, headers: { 'content-type': HTML_TYPE }, body: '' });
export const notImplemented = (action: string): FakeResponse =>
  toJson(501, { status: 501, error: 501, messages: { error: `"${action}" action not implemented.` } });

export const pageNotFound = (): FakeResponse => ({
  status: 200,
  headers: { 'content-type': HTML_TYPE },
  body: '<!doctype html>\n<html><head><title>Page not found - 404</title></head><body><h1>404</h1></body></html>',
});

export const csrfRedirect = (siteUrl: string): FakeResponse => ({
  status: 303,
  headers: { 'content-type': HTML_TYPE, location: `${siteUrl}/` },
  body: '',
});

export function slashRedirect(siteUrl: string, path: string): FakeResponse {
  const location = `${siteUrl}${path.replace(/\/$/, '')}`;
  const body = `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">
<html><head>
<title>301 Moved Permanently</title>
</head><body>
<h1>Moved Permanently</h1>
<p>The document has moved <a href="${location}">here</a>.</p>
</body></html>
`;
  return { status: 301, headers: { 'content-type': 'text/html; charset=iso-8859-1', location }, body };
}

const EMPTY: Form = { fields: {}, files: null, isFatal: false };

/** The body of a POST; JSON is not read (fact 3), and a body beyond `postMaxBytes` is lost as a whole (3.1). */
export function parseForm(request: FakeRequest, postMaxBytes: number): Form {
  const type = request.headers['content-type'] ?? '';
  if (request.body.length > postMaxBytes) return EMPTY;
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return formOf(
      [...new URLSearchParams(request.body.toString())].map(([name, value]) => ({ name, value })),
    );
  }
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/.exec(type)?.[1];
  return boundary === undefined ? EMPTY : formOf(partsOf(request.body, boundary));
}

type Part = { name: string; value: string } | { name: string; file: UploadedFile };

function formOf(parts: readonly Part[]): Form {
  const fields: Record<string, string> = {};
  const files: UploadedFile[] = [];
  let hasFilePart = false;
  let isFatal = false;
  for (const part of parts) {
    if (!('file' in part)) {
      if (part.name.includes('[')) isFatal = true;
      else fields[part.name] = part.value;
    } else if (part.name === 'attachment[]' || part.name === `attachment[${files.length}]`) {
      hasFilePart = true;
      files.push(part.file);
    } else if (part.name.startsWith('attachment')) isFatal = true;
  }
  return { fields, files: hasFilePart ? files : null, isFatal };
}

function partsOf(body: Buffer, boundary: string): Part[] {
  const mark = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  let at = body.indexOf(mark);
  while (at >= 0) {
    const start = at + mark.length + 2;
    const next = body.indexOf(mark, start);
    const headEnd = body.indexOf('\r\n\r\n', start);
    if (next < 0 || headEnd < 0 || headEnd > next) break;
    const head = body.subarray(start, headEnd).toString();
    const name = /\bname="([^"]*)"/.exec(head)?.[1];
    const filename = /\bfilename="([^"]*)"/.exec(head)?.[1];
    const content = body.subarray(headEnd + 4, next - 2);
    if (name !== undefined) {
      if (filename === undefined) parts.push({ name, value: content.toString() });
      else parts.push({ name, file: { name: filename, content } });
    }
    at = next;
  }
  return parts;
}
