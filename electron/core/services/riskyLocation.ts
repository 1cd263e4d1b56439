// Folders that a program copies to other machines while we write: it copies half-written states.
const SYNCED: readonly (readonly [RegExp, string])[] = [
  [/^OneDrive(?: - .+)?$/i, 'OneDrive'],
  [/^Dropbox(?: \(.+\))?$/i, 'Dropbox'],
  [/^(?:Google ?Drive|GoogleDrive-.+)$/i, 'Google Drive'],
  [/^(?:iCloud ?Drive|Mobile Documents|com~apple~CloudDocs)$/i, 'iCloud Drive'],
  [/^Nextcloud$/i, 'Nextcloud'],
];
// File systems on which locks or the WAL's shared memory do not work as SQLite needs them.
const NETWORK = /^(?:nfs4?|cifs|smb3?|smbfs|afs|9p|fuse\.sshfs|fuse\.rclone|davfs|fuse\.davfs2?)$/;

/**
 * Names what makes a folder a bad home for a database (OneDrive, a network drive, …), or null.
 * `mounts` is the text of /proc/self/mounts; empty elsewhere.
 */
export function riskyLocation(folder: string, mounts: string): string | null {
  for (const part of folder.split(/[\\/]/)) {
    for (const [pattern, name] of SYNCED) if (pattern.test(part)) return name;
  }
  if (/^\\\\[^?.]/.test(folder)) return 'a network drive';
  const type = fileSystemOf(folder, mounts);
  return type !== undefined && NETWORK.test(type) ? `a network drive (${type})` : null;
}

function fileSystemOf(folder: string, mounts: string): string | undefined {
  let longest = '';
  let type: string | undefined;
  for (const line of mounts.split('\n')) {
    const [, rawPoint = '', kind] = line.split(' ');
    // proc(5): a space in a path is written \040.
    const point = rawPoint.replaceAll(/\\(\d{3})/g, (_, octal: string) =>
      String.fromCharCode(Number.parseInt(octal, 8)),
    );
    const isAbove = folder === point || folder.startsWith(point.endsWith('/') ? point : `${point}/`);
    if (point !== '' && isAbove && point.length >= longest.length) {
      longest = point;
      type = kind;
    }
  }
  return type;
}
