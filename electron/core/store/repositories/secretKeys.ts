import type { SealedSecret } from '../../../../shared/contract/secrets.ts';
import type { Db } from '../connection.ts';

/** Every column that holds sealed text. Whoever adds one adds it here: starting over lists and forgets it. */
const SEALED: readonly { kind: SealedSecret['kind']; names: string; forget: string }[] = [
  {
    kind: 'second_factor',
    names: `SELECT name FROM staff WHERE totp_secret LIKE 'sealed1:%' ORDER BY name`,
    forget: `UPDATE staff SET totp_secret = NULL, totp_last_step = NULL WHERE totp_secret LIKE 'sealed1:%'`,
  },
  {
    kind: 'dialect_key',
    names: 'SELECT dialect FROM dialect_keys ORDER BY dialect',
    forget: 'DELETE FROM dialect_keys',
  },
  {
    kind: 'source_key',
    names: 'SELECT name FROM sign_in_sources WHERE sealed_key IS NOT NULL ORDER BY name',
    forget: 'UPDATE sign_in_sources SET sealed_key = NULL',
  },
  {
    kind: 'remote_token',
    names: `SELECT url FROM remote_desk WHERE token_sealed <> ''`,
    forget: `UPDATE remote_desk SET token_sealed = '', paused_code = 'remote_token_refused'`,
  },
];

/** What the database knows of the key that its secrets are sealed with, and the names of those secrets. */
export function createSecretKeyRepository(db: Db) {
  const read = db.prepare<[], { keyId: string; inKeychain: number }>(
    'SELECT key_id AS keyId, in_keychain AS inKeychain FROM secret_keys',
  );
  const write = db.prepare('INSERT OR REPLACE INTO secret_keys VALUES (1, ?, ?)');
  const remove = db.prepare('DELETE FROM secret_keys');
  const kinds = SEALED.map(({ kind, names, forget }) => ({
    kind,
    names: db.prepare<[], string>(names).pluck(),
    forget: db.prepare(forget),
  }));
  const sealed = (): SealedSecret[] =>
    kinds.flatMap(({ kind, names }) => names.all().map((name) => ({ kind, name })));
  return {
    read: () => {
      const row = read.get();
      return row ? { keyId: row.keyId, inKeychain: row.inKeychain === 1 } : null;
    },
    write: (record: { keyId: string; inKeychain: boolean }): void => {
      write.run(record.keyId, record.inKeychain ? 1 : 0);
    },
    sealed,
    /** Forgets what is sealed, and the key it was sealed with; answers what it was. */
    forget: (): SealedSecret[] => {
      const forgotten = sealed();
      for (const kind of kinds) kind.forget.run();
      remove.run();
      return forgotten;
    },
  };
}
