import { describe, expect, it } from 'vitest';
import { riskyLocation } from './riskyLocation.ts';

const mounts = [
  'overlay / overlay rw 0 0',
  'server:/home /home nfs4 rw 0 0',
  '/dev/sdb1 /home/ann/local\\040disk ext4 rw 0 0',
  '//box/share /mnt/share cifs rw 0 0',
].join('\n');

describe('riskyLocation', () => {
  it.each([
    ['/var/lib/staffdesk', null],
    ['/home/ann/desk', 'a network drive (nfs4)'],
    ['/home/ann/local disk/desk', null],
    ['/homework', null],
    ['/mnt/share', 'a network drive (cifs)'],
    ['C:\\Users\\ann\\OneDrive - Contoso\\desk', 'OneDrive'],
    ['/Users/ann/Dropbox (Work)/desk', 'Dropbox'],
    ['/Users/ann/Library/Mobile Documents/com~apple~CloudDocs/desk', 'iCloud Drive'],
    ['\\\\server\\share\\desk', 'a network drive'],
    ['\\\\?\\C:\\desk', null],
  ])('%s', (folder, expected) => {
    expect(riskyLocation(folder, mounts)).toBe(expected);
  });
});
