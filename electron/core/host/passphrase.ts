import { readFileSync } from 'node:fs';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';

/**
 * The passphrase of the desk's secrets as a program is given it that no person starts: from its host, else from the
 * file that STAFFDESK_PASSPHRASE_FILE names (a credential of systemd, /dev/fd/3). Never the value in the environment
 * or an argument: other programs see those.
 */
export function readPassphrase(
  given: string | null | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Result<string | null> {
  const file = env.STAFFDESK_PASSPHRASE_FILE;
  if (given || !file) return ok(given || null);
  try {
    return ok(readFileSync(file, 'utf8').replace(/\r?\n$/, '') || null);
  } catch {
    const message = `STAFFDESK_PASSPHRASE_FILE: ${file} can’t be read.`;
    return err(appErrorOf('config_invalid', { message }));
  }
}
