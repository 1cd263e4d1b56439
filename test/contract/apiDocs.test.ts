import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword } from '../../electron/core/access/passwords.ts';
import { API_CALLS } from '../../electron/core/api/openapi/calls.ts';
import { type ApiDesk, openApiDesk } from './support/apiDesk.ts';
import { type Caller, fieldParts, fillDesk, MESSAGE } from './support/caller.ts';
import { send } from './support/client.ts';
import { apiDocument } from './support/documented.ts';
import { SMALL_PNG } from './support/png.ts';

let desk: ApiDesk;
let caller: Caller;
let page: string;
beforeAll(async () => {
  desk = await openApiDesk();
  caller = await fillDesk(desk);
  desk.deps.store.db.prepare('UPDATE staff SET password_hash = ?').run(await hashPassword('their password'));
  // The lines speak of customer, ticket and attachment 1; John's address is the one that a line creates.
  await caller.post('/api/users/update/1', { new_email: 'first@example.com' });
  const file = { name: 'attachment[]', filename: 'picture.png', content: SMALL_PNG };
  await caller.postParts('/api/messages/create', [...fieldParts(MESSAGE), file]);
  page = (await get('/api/docs')).body;
});
afterAll(() => desk.close());

const get = (path: string) => send(desk.port, { method: 'GET', path });

const unescaped = (html: string): string =>
  html.replace(/&(lt|gt|quot|#039|amp);/g, (_all, name: string) =>
    name === 'lt' ? '<' : name === 'gt' ? '>' : name === 'quot' ? '"' : name === 'amp' ? '&' : "'",
  );

describe('what tells about the API', () => {
  it.each(['/api/openapi.json', '/api/openapi.json/'])(
    'GET %s: the document, without a token',
    async (path) => {
      const { status, contentType, body } = await get(path);
      expect([status, contentType]).toEqual([200, 'application/json; charset=UTF-8']);
      const document = JSON.parse(body);
      expect(document.servers[0].url).toBe(`http://127.0.0.1:${desk.port}`);
      expect({ ...document, servers: [] }).toEqual({
        ...JSON.parse(JSON.stringify(apiDocument)),
        servers: [],
      });
    },
  );

  it.each(['/api/docs', '/api/docs/'])('GET %s: a page that loads nothing', async (path) => {
    const { status, contentType, headers, body } = await get(path);
    expect([status, contentType]).toEqual([200, 'text/html; charset=UTF-8']);
    const csp = String(headers['content-security-policy']);
    expect(csp).toMatch(
      /^default-src 'none'; style-src 'sha256-\S+'; script-src 'sha256-\S+'; base-uri 'none'/,
    );
    for (const [, text = ''] of body.matchAll(/<(?:style|script)>([\s\S]*?)<\/(?:style|script)>/g)) {
      expect(csp).toContain(createHash('sha256').update(text).digest('base64'));
    }
    expect(body).not.toMatch(/ (?:src|style|on\w+)=|url\(|@import|<(?:link|img|iframe)/);
    expect([...body.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href.replace(/^#.*/, '#'))).toEqual(
      expect.arrayContaining(['#', '/api/openapi.json']),
    );
    expect(body).not.toMatch(/href="https?:/);
  });

  it.each(['/api/openapi.json', '/api/docs'])(
    'HEAD %s is its head; other methods find nothing',
    async (path) => {
      const head = await send(desk.port, { method: 'HEAD', path });
      const whole = await get(path);
      expect([head.status, head.contentType, head.body]).toEqual([200, whole.contentType, '']);
      expect(Number(head.headers['content-length'])).toBe(Buffer.byteLength(whole.body));
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
        const other = await send(desk.port, { method, path });
        expect([other.status, other.body]).toEqual([200, expect.stringContaining('Page not found - 404')]);
      }
    },
  );

  it('shows a name that the desk is reached by as text, whatever it is', async () => {
    const { body } = await send(desk.port, {
      method: 'GET',
      path: '/api/docs',
      headers: { Host: '[::1]"><script>alert(1)</script>' },
    });
    expect(body).not.toContain('<script>alert');
    expect(body).toContain('&lt;script&gt;alert');
  });
});

describe('the page', () => {
  it('has every call, once, with its address, permission, fields and refusals', () => {
    for (const call of API_CALLS) {
      const [, article = ''] = page.split(`<article id="${call.id}">`);
      expect(page.split(`id="${call.id}"`)).toHaveLength(2);
      expect(page.split(`href="#${call.id}"`)).toHaveLength(2);
      const [text = ''] = unescaped(article).split('</article>', 1);
      const fields = [...Object.keys(call.query?.shape ?? {}), ...Object.keys(call.form?.shape ?? {})];
      for (const word of [
        call.path,
        ...[call.permission ?? 'no token'].flat(),
        call.summary,
        ...fields,
        ...call.errors,
        ...(call.aliases ?? []),
      ]) {
        expect(text).toContain(word);
      }
    }
  });

  it('has a curl line for every call that works as it stands', async () => {
    const lines = [...page.matchAll(/<code>(curl [\s\S]*?)<\/code>/g)].map(([, line = '']) =>
      unescaped(line),
    );
    expect(lines).toHaveLength(API_CALLS.length);
    // Whoever deletes first has nothing left to show.
    const isDelete = (line: string): boolean => line.includes('/delete/');
    const inOrder = [...lines.filter((line) => !isDelete(line)), ...lines.filter(isDelete).reverse()];
    const env = { ...process.env, TOKEN: desk.token(), no_proxy: '*' };
    for (const line of inOrder) {
      const isStream = line.includes(' -N ');
      // A stream has no end: curl gives up after a second, with what it has read. A download goes to standard output.
      const sent = isStream ? `${line} --max-time 1` : line.replace('-o picture.png', '-o -');
      const failed = (error: { stdout: string }) => (isStream ? error : Promise.reject(error));
      const { stdout } = await promisify(execFile)('sh', ['-c', sent], { env }).catch(failed);
      expect([line, stdout]).toEqual([
        line,
        expect.stringMatching(
          /^\{"success":1|^\{\s*"openapi"|^<!doctype html>|^.PNG|^retry: 3000\nevent: hello/,
        ),
      ]);
    }
  });
});
