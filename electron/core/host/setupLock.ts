import { existsSync, rmSync } from 'node:fs';
import type { SetupLock } from '../services/setup.ts';

/** The file a person makes by hand to unlock the setup; only who may write into the folder can, and it serves once. */
export function createSetupLock(file: string): SetupLock {
  return {
    isOpen: () => existsSync(file),
    use: () => {
      try {
        rmSync(file);
        return true;
      } catch {
        return false;
      }
    },
  };
}
