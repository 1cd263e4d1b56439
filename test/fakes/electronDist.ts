import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Marks the fuses in Electron's program (documented with @electron/fuses). */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** Version 1 of the wire, nine fuses, as Electron ships them: '0' off, '1' on. */
const wire = Buffer.concat([Buffer.from([1, 9]), Buffer.from('101100011')]);

/** A folder like the one Electron for Linux unpacks to, with just enough in it to be packaged. */
export function writeElectronDist(folder: string): void {
  mkdirSync(path.join(folder, 'resources'), { recursive: true });
  mkdirSync(path.join(folder, 'locales'));
  const program = Buffer.concat([Buffer.from('#!stub\0'), Buffer.from(sentinel), wire, Buffer.alloc(64)]);
  writeFileSync(path.join(folder, 'electron'), program, { mode: 0o755 });
  writeFileSync(path.join(folder, 'chrome-sandbox'), 'stub', { mode: 0o755 });
  writeFileSync(path.join(folder, 'locales', 'en-US.pak'), 'stub');
  writeFileSync(path.join(folder, 'LICENSE'), 'stub');
  writeFileSync(path.join(folder, 'LICENSES.chromium.html'), 'stub');
  writeFileSync(path.join(folder, 'version'), 'v0.0.0');
}
