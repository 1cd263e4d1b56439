import { useMutation } from '@tanstack/react-query';
import type { SyncStatus } from '../../../shared/contract/sync.ts';
import { trpc } from '../../api/client.ts';
import { toAppError } from '../../api/errors.ts';
import { showToast } from '../toasts/index.ts';
import { useSyncNow } from './useSyncNow.ts';

/** Pausing and resuming; not possible where nothing is exchanged for another reason. */
export function usePause({ problem }: SyncStatus): {
  isPaused: boolean;
  isPossible: boolean;
  isBusy: boolean;
  toggle: () => void;
} {
  const pause = useMutation(
    trpc.sync.pause.mutationOptions({
      onError: (error) => showToast({ text: toAppError(error).message, tone: 'danger' }),
    }),
  );
  const resume = useSyncNow();
  const isPaused = problem?.code === 'sync_paused';
  return {
    isPaused,
    isPossible: problem?.code !== 'remote_disconnected' && problem?.code !== 'remote_restored',
    isBusy: pause.isPending,
    toggle: () => (isPaused ? resume.run() : pause.mutate()),
  };
}
