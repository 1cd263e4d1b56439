import { useMutation } from '@tanstack/react-query';
import { trpc } from '../../api/client.ts';
import { toAppError } from '../../api/errors.ts';
import { showToast } from '../toasts/index.ts';

/** Asks for a run at once, and says how it ended where that is not to be seen anyway. */
export function useSyncNow(): { run: () => void; isBusy: boolean } {
  const { mutate, isPending } = useMutation(
    trpc.sync.run.mutationOptions({
      onSuccess: ({ ended, pushed }) => {
        if (ended) showToast({ text: ended.message, tone: 'danger' });
        else showToast({ text: pushed > 0 ? `Synced: ${pushed} sent.` : 'Synced.' });
      },
      onError: (error) => showToast({ text: toAppError(error).message, tone: 'danger' }),
    }),
  );
  return { run: () => mutate(), isBusy: isPending };
}
