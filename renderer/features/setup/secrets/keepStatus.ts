import type { SecretsStatus } from '../../../../shared/contract/secrets.ts';
import { queryClient, trpc } from '../../../api/client.ts';

/** Every change answers with the state it led to; the list of checks has a line about it, too. */
export function keepStatus(status: SecretsStatus): void {
  queryClient.setQueryData(trpc.secrets.status.queryKey(), status);
  void queryClient.invalidateQueries({ queryKey: trpc.system.checks.queryKey() });
}
