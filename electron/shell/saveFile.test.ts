import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fake } from '../../test/fakes/electron.ts';
import { fileUrl, safeFileName, saveFile } from './saveFile.ts';

vi.mock('electron', () => import('../../test/fakes/electron.ts'));

const PAGE = 'app://staffdesk/';

const folder = mkdtempSync(path.join(os.tmpdir(), 'staffdesk-save-'));
const target = path.join(folder, 'invoice.pdf');
const input = { path: '/files/attachments/3', suggestedName: '../../invoice.pdf' };
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  rmSync(target, { force: true });
  fake.saveDialogs.length = 0;
  fake.saveDialog = { canceled: false, filePath: target };
  fake.paths.set('downloads', folder);
});

describe('fileUrl', () => {
  it.each([
    ['/files/attachments/3?download=1', 'app://staffdesk/files/attachments/3?download=1'],
    ['/files/x/../attachments/3', 'app://staffdesk/files/attachments/3'],
    ['/trpc/x', null],
    ['/files/../trpc/x', null],
    ['//evil/files/x', null],
    ['https://evil.example/files/x', null],
    ['files/x', null],
    ['', null],
  ])('%s', (requested, url) => expect(fileUrl(requested, PAGE)).toBe(url));
});

it('asks the desk whose page it is, and no other page’s', () => {
  const other = 'app://aaaaaaaaaaaa.staffdesk';
  expect(fileUrl('/files/attachments/3', `${other}/`)).toBe(`${other}/files/attachments/3`);
  expect(fileUrl('/files/attachments/3', 'https://evil.example/')).toBeNull();
});

describe('safeFileName', () => {
  it.each([
    ['invoice.pdf', 'invoice.pdf'],
    ['Rechnung März.pdf', 'Rechnung März.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\evil.exe', 'evil.exe'],
    ['a:b|c?.txt', 'a_b_c_.txt'],
    ['line\nbreak.txt', 'line_break.txt'],
    ['.bashrc', 'bashrc'],
    ['name. ', 'name'],
    ['..', 'attachment'],
    ['', 'attachment'],
  ])('%s', (suggested, name) => expect(safeFileName(suggested)).toBe(name));
});

it('saves where the person says, and offers the downloads folder', async () => {
  const asked: string[] = [];
  const saved = await saveFile(input, PAGE, null, (request) => {
    asked.push(request.url);
    return Promise.resolve(new Response('content'));
  });
  expect(saved).toEqual({ savedTo: target });
  expect(readFileSync(target, 'utf8')).toBe('content');
  expect(asked).toEqual(['app://staffdesk/files/attachments/3']);
  expect(fake.saveDialogs).toEqual([{ defaultPath: target }]);
});

it('writes nothing when the person chooses not to', async () => {
  fake.saveDialog = { canceled: true, filePath: '' };
  expect(await saveFile(input, PAGE, null, () => Promise.reject(new Error('asked')))).toEqual({
    savedTo: null,
  });
});

it('leaves no half file when the download breaks off', async () => {
  const broken = new ReadableStream({
    start: (controller) => controller.enqueue(Buffer.from('half')),
    pull: (controller) => controller.error(new Error('gone')),
  });
  await expect(saveFile(input, PAGE, null, () => Promise.resolve(new Response(broken)))).rejects.toThrow(
    'gone',
  );
  expect(readdirSync(folder)).toEqual([]);
});

it('saves no error message as a file', async () => {
  const failed = () => Promise.resolve(new Response('{"error":{}}', { status: 404 }));
  await expect(saveFile(input, PAGE, null, failed)).rejects.toThrow('404');
  expect(existsSync(target)).toBe(false);
});

it('asks for nothing outside the desk’s files', async () => {
  const call = saveFile({ ...input, path: '/trpc/settings.get' }, PAGE, null, () =>
    Promise.resolve(new Response('x')),
  );
  await expect(call).rejects.toThrow('not a file of the desk');
  expect(fake.saveDialogs).toEqual([]);
});
