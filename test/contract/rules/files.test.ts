import { describe, expect, it } from 'vitest';
import { fieldParts, MESSAGE } from '../support/caller.ts';
import { eachFilledDesk } from '../support/eachDesk.ts';
import { SMALL_PNG } from '../support/png.ts';

// behaviour.md 3.1: which files come in, and under which name.
const { desk, caller } = eachFilledDesk();

const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==', 'base64');
const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
const TEXT = Buffer.from('just text');

const upload = (...files: { name?: string; filename: string; content: Buffer; type?: string }[]) =>
  caller.postParts('/api/messages/create', [
    ...fieldParts(MESSAGE),
    ...files.map((file) => ({ name: 'attachment[]', ...file })),
  ]);
const listed = async (): Promise<{ name: string; filetype: string; size: string }[]> =>
  (await caller.get('/api/attachments')).files as { name: string; filetype: string; size: string }[];
const REFUSED = { error: 1, message: 'File is not allowed.' };

describe('a file', () => {
  it.each([
    ['a.png', SMALL_PNG, 'image/png'],
    ['A.PNG', SMALL_PNG, 'image/png'],
    ['photo.jpg', JPEG, 'image/jpeg'],
    ['PHOTO.Jpg', JPEG, 'image/jpeg'],
    ['anim.gif', GIF, 'image/gif'],
    ['two.dots.png', SMALL_PNG, 'image/png'],
  ])('%s comes in', async (filename, content, filetype) => {
    expect(await upload({ filename, content })).toMatchObject({ success: 1 });
    expect(await listed()).toMatchObject([{ name: filename, filetype, size: String(content.length) }]);
  });

  it.each([
    ['photo.jpeg', JPEG, 'the extension is not the one of its content'],
    ['note.txt', TEXT, 'not a listed type'],
    ['fake.png', TEXT, 'text under the name of a picture'],
    ['shell.php', SMALL_PNG, 'a picture under the name of a program'],
    ['picture.gif', SMALL_PNG, 'one picture under the name of another'],
    ['png', SMALL_PNG, 'no extension'],
    ['a.png.php', SMALL_PNG, 'two extensions'],
    ['empty.png', Buffer.alloc(0), 'nothing in it'],
    ['page.html', Buffer.from('<!doctype html><script>alert(1)</script>'), 'a page'],
  ])('%s does not: %#', async (filename, content) => {
    expect(await upload({ filename, content, type: 'image/png' })).toEqual(REFUSED);
    expect(await listed()).toEqual([]);
  });

  it('is judged by the desk’s types, each with the content that it says', async () => {
    desk.deps.store.settings.set({ attachmentTypes: ['txt', 'jpeg'] });
    expect(await upload({ filename: 'note.txt', content: TEXT })).toMatchObject({ success: 1 });
    expect(await upload({ filename: 'a.png', content: SMALL_PNG })).toEqual(REFUSED);
  });

  it('has the size that the desk allows, to the byte', async () => {
    desk.deps.store.settings.set({ attachmentMaxBytes: 1024 * 1024 });
    const picture = (bytes: number) => Buffer.concat([SMALL_PNG, Buffer.alloc(bytes - SMALL_PNG.length)]);
    expect(await upload({ filename: 'a.png', content: picture(1024 * 1024) })).toMatchObject({ success: 1 });
    const tooBig = { error: 1, message: 'File is too big. Maximum size is 1 MB.' };
    expect(await upload({ filename: 'a.png', content: picture(1024 * 1024 + 1) })).toEqual(tooBig);
    desk.deps.store.settings.set({ attachmentMaxBytes: 0.25 * 1024 * 1024 });
    const smaller = { error: 1, message: 'File is too big. Maximum size is 0.25 MB.' };
    expect(await upload({ filename: 'a.png', content: picture(1024 * 1024) })).toEqual(smaller);
  });

  it.each([
    ['../../etc/a.png', 'a.png'],
    ['C:\\Users\\ann\\a.png', 'a.png'],
    ['<b>"x"&.png', null],
    ['pässwd 漢字 😀.png', 'pässwd 漢字 😀.png'],
  ])('%s is kept by its last part, not escaped', async (filename, kept) => {
    await upload({ filename: filename.replaceAll('"', '%22'), content: SMALL_PNG });
    const [file] = await listed();
    if (kept === null) expect(file?.name).toMatch(/^<b>.*&\.png$/);
    else expect(file?.name).toBe(kept);
  });
});

describe('the parts', () => {
  const picture = (name: string) => ({ name, filename: 'a.png', content: SMALL_PNG });

  it.each(['attachment[]', 'attachment[0]', 'attachment[7]', 'attachment'])('%s is a file', async (name) => {
    expect(await upload(picture(name))).toMatchObject({ success: 1 });
    expect(await listed()).toHaveLength(1);
  });

  it.each(['attachments[]', 'attachment[x]', 'file', 'attachment[][]', 'Attachment[]'])(
    '%s is none',
    async (name) => {
      expect(await upload(picture(name))).toMatchObject({ success: 1 });
      expect(await listed()).toEqual([]);
    },
  );

  it('that are empty are no files, wherever they stand', async () => {
    const empty = { filename: '', content: Buffer.alloc(0) };
    expect(await upload(empty, picture('attachment[]'), empty, picture('attachment[]'))).toMatchObject({
      success: 1,
    });
    expect(await listed()).toHaveLength(2);
    expect(await upload(empty)).toMatchObject({ success: 1 });
  });

  it('are as many as the desk allows; the others are dropped, and still judged', async () => {
    desk.deps.store.settings.set({ attachmentsPerMessage: 1 });
    const one = picture('attachment[]');
    expect(await upload({ ...one, filename: '1.png' }, { ...one, filename: '2.png' })).toMatchObject({
      success: 1,
    });
    expect((await listed()).map(({ name }) => name)).toEqual(['1.png']);
    expect(await upload(one, { ...one, filename: 'x.txt', content: TEXT })).toEqual(REFUSED);
  });

  it('are ignored, whatever they are, where attachments are off', async () => {
    desk.deps.store.settings.set({ attachmentsEnabled: false });
    expect(await upload({ filename: 'x.php', content: TEXT })).toMatchObject({ success: 1 });
    expect(await listed()).toEqual([]);
  });
});
