import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileStore, type FileStore, FileTooLarge } from './files.ts';

const SHA256_OF_ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

let folder: string;
let files: FileStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'staffdesk-files-'));
  files = createFileStore(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const onDisk = (): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

describe('file store', () => {
  it('names a file by its content and gives it back, a part as well', async () => {
    expect(await files.put(Readable.from([Buffer.from('a'), Buffer.from('bc')]))).toEqual({
      sha256: SHA256_OF_ABC,
      sizeBytes: 3,
    });
    expect(await text(files.read(SHA256_OF_ABC))).toBe('abc');
    expect(await text(files.read(SHA256_OF_ABC, { start: 1, end: 2 }))).toBe('bc');
    expect(await files.sizeOf(SHA256_OF_ABC)).toBe(3);
  });

  it('keeps nothing of what is too large or breaks off', async () => {
    await expect(files.put(Buffer.from('abcd'), 3)).rejects.toThrow(FileTooLarge);
    const broken = async function* () {
      yield Buffer.from('abc');
      throw new Error('gone');
    };
    await expect(files.put(Readable.from(broken()))).rejects.toThrow('gone');
    expect(onDisk()).toEqual([]);
  });

  it('stages what may still be refused: kept it is stored, discarded it is gone', async () => {
    const staged = await files.stage(Buffer.from('abc'));
    expect(staged).toMatchObject({ sha256: SHA256_OF_ABC, sizeBytes: 3 });
    expect(await files.has(SHA256_OF_ABC)).toBe(false);
    await staged.keep();
    expect(await files.has(SHA256_OF_ABC)).toBe(true);
    const again = await files.stage(Buffer.from('abc'));
    await again.discard();
    expect(await text(files.read(SHA256_OF_ABC))).toBe('abc');
    expect(onDisk()).toHaveLength(1);
  });

  it('never makes a path of anything but a sha-256', () => {
    expect(() => files.read('../../etc/passwd')).toThrow('not a sha-256');
  });
});
