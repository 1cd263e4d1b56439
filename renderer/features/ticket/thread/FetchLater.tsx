import { useMutation } from '@tanstack/react-query';
import { CloudOff } from 'lucide-react';
import type { Attachment } from '../../../../shared/contract/queues.ts';
import { trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, Icon } from '../../../ui/index.ts';
import { showToast } from '../../toasts/index.ts';

/** Has a file fetched as soon as the server answers; the wish is kept on disk. */
export function useFetchLater(attachment: Attachment) {
  return useMutation(
    trpc.aboard.fetchLater.mutationOptions({
      onSuccess: () => showToast({ text: `${attachment.name} comes with the next sync.` }),
      onError: (error) => showToast({ text: toAppError(error).message, tone: 'danger' }),
    }),
  );
}

/** In the place of a file that is on the server only, while there is no way there. */
export function OnServerOnly({ attachment }: { attachment: Attachment }) {
  const later = useFetchLater(attachment);
  const isAsked = later.isSuccess || attachment.place === 'asked';
  return (
    <div role="status" className="flex flex-col items-center gap-3 p-8 text-center">
      <Icon of={CloudOff} size={24} className="text-faint" />
      <p className="max-w-96 text-balance">
        This file is on the server only, and the server can’t be reached now.
        {isAsked && ' It comes with the next sync.'}
      </p>
      {!isAsked && (
        <Button isBusy={later.isPending} onClick={() => later.mutate({ attachmentId: attachment.id })}>
          Fetch when online
        </Button>
      )}
    </div>
  );
}
