import { appErrorOf } from '../../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { SecretBox } from '../ports/secretStore.ts';
import { openText, sealText } from './seal.ts';

/** Where the key comes from. `forSealing`: a workspace that has none yet gets one. */
export type FindKey = (need: { readonly forSealing: boolean }) => Promise<Result<Buffer>>;

export function createSecretBox(workspaceId: string, findKey: FindKey): SecretBox {
  return {
    seal: async (plain, purpose) => {
      const key = await findKey({ forSealing: true });
      return key.ok ? ok(sealText(key.value, plain, { workspaceId, purpose })) : key;
    },
    open: async (sealed, purpose) => {
      const key = await findKey({ forSealing: false });
      if (!key.ok) return key;
      const plain = openText(key.value, sealed, { workspaceId, purpose });
      return plain === undefined ? err(appErrorOf('secret_unreadable')) : ok(plain);
    },
  };
}
