import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
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

  it('passes over what was put and waits for its row, and what rows refer to', async () => {
    await files.put(Buffer.from('abc'));
    await files.put(Buffer.from('abc'));
    files.release([SHA256_OF_ABC]);
    await files.removeUnused(SHA256_OF_ABC, () => false);
    expect(await files.has(SHA256_OF_ABC)).toBe(true);
    files.release([SHA256_OF_ABC]);
    await files.removeUnused(SHA256_OF_ABC, () => true);
    expect(await files.has(SHA256_OF_ABC)).toBe(true);
    await files.removeUnused(SHA256_OF_ABC, () => false);
    expect(onDisk()).toEqual([]);
  });

  it('keeps content that comes in again while it is being removed', async () => {
    for (let round = 0; round < 50; round += 1) {
      await files.put(Buffer.from('abc'));
      files.release([SHA256_OF_ABC]);
      const staged = await files.stage(Buffer.from('abc'));
      await Promise.all([files.removeUnused(SHA256_OF_ABC, () => false), staged.keep()]);
      expect(await files.has(SHA256_OF_ABC)).toBe(true);
      files.release([SHA256_OF_ABC]);
    }
  });

  it('sweeps what a kill left half written, never what is being written', async () => {
    mkdirSync(join(folder, 'incoming'));
    writeFileSync(join(folder, 'incoming', 'left'), 'half');
    const staged = await files.stage(Buffer.from('abc'));
    await files.sweepIncoming();
    expect(onDisk()).toHaveLength(1);
    await staged.keep();
    expect(onDisk()).toEqual([SHA256_OF_ABC.slice(2)]);
  });

  it('lists the stored files of before a time', async () => {
    await files.put(Buffer.from('abc'));
    await files.put(Buffer.from('newer'));
    utimesSync(join(folder, SHA256_OF_ABC.slice(0, 2), SHA256_OF_ABC.slice(2)), 1000, 1000);
    expect(await Array.fromAsync(files.storedBefore(2_000_000))).toEqual([SHA256_OF_ABC]);
  });

  it.runIf(process.platform !== 'win32')('stores nothing of what the disk took a part of only', () => {
    // A file of more than 8 KiB is written short first, as on a disk that is nearly full; the error comes later.
    const script = `import { createFileStore } from ${JSON.stringify(join(import.meta.dirname, 'files.ts'))};
      process.on('SIGXFSZ', () => {});
      await createFileStore(process.argv[1]).put(Buffer.alloc(12_000, 1)).then(
        () => console.log('stored'), (error) => console.log(error.code));`;
    const limited = ['-c', 'ulimit -f 8; exec "$0" --input-type=module -e "$1" "$2"'];
    const run = spawnSync('bash', [...limited, process.execPath, script, folder], { encoding: 'utf8' });
    expect(run.stdout.trim()).toBe('EFBIG');
    expect(onDisk()).toEqual([]);
  });

  it('never makes a path of anything but a sha-256', () => {
    expect(() => files.read('../../etc/passwd')).toThrow('not a sha-256');
  });
});
