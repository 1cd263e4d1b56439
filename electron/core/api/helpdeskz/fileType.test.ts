import { expect, it } from 'vitest';
import { judgeFile } from './fileType.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC',
  'base64',
);
const jpg = Buffer.from('/9j/4AAQSkZJRgABAQAAAQABAAD/2Q==', 'base64');
const text = Buffer.from('hello');
const noise = Buffer.from([0, 1, 2, 3, 0, 255]);
const DEFAULT = ['jpg', 'png', 'gif'];

it.each([
  ['a.png', png, DEFAULT, true, 'image/png'],
  ['a.PNG', png, DEFAULT, true, 'image/png'],
  ['a.jpg', jpg, DEFAULT, true, 'image/jpeg'],
  ['a.jpeg', jpg, DEFAULT, false, 'image/jpeg'],
  ['a.jpeg', jpg, ['jpeg'], true, 'image/jpeg'],
  ['a.jpg', png, DEFAULT, false, 'image/png'],
  ['a.php', png, DEFAULT, false, 'image/png'],
  ['a.png.php', png, DEFAULT, false, 'image/png'],
  ['png', png, DEFAULT, false, 'image/png'],
  ['fake.png', text, DEFAULT, false, 'text/plain'],
  ['empty.png', Buffer.alloc(0), DEFAULT, false, 'text/plain'],
  ['a.txt', text, DEFAULT, false, 'text/plain'],
  ['a.txt', text, ['txt'], true, 'text/plain'],
  ['a.txt', noise, ['txt'], false, 'application/octet-stream'],
  ['a.png', noise, DEFAULT, false, 'application/octet-stream'],
  ['a.qqq', noise, ['qqq'], true, 'application/octet-stream'],
  ['a.xml', Buffer.from('<?xml version="1.0"?><a/>'), ['xml'], true, 'text/plain'],
  [
    'a.zip',
    Buffer.from('504b0506000000000000000000000000000000000000', 'hex'),
    ['zip'],
    true,
    'application/zip',
  ],
])('%s', async (name, head, allowed, isAllowed, mediaType) => {
  expect(await judgeFile(name as string, head as Buffer, allowed as string[])).toEqual({
    isAllowed,
    mediaType,
  });
});
