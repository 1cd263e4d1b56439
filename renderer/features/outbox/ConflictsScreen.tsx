import { useMutation, useQuery } from '@tanstack/react-query';
import { GitCompareArrows } from 'lucide-react';
import { trpc } from '../../api/client.ts';
import { toAppError } from '../../api/errors.ts';
import { Checkbox, EmptyState } from '../../ui/index.ts';
import { OUTBOX_KEYS, openOutbox } from '../sync/index.ts';
import { showToast } from '../toasts/index.ts';
import { useWaiting } from './useWaiting.ts';
import { WaitingHeading } from './WaitingHeading.tsx';
import { WaitingPanes } from './WaitingPanes.tsx';
import { hasTwoSides } from './waitingText.ts';

/** What has two sides: somebody set something else on the server, or wrote something, before yours arrived. */
export function ConflictsScreen() {
  const waiting = useWaiting(hasTwoSides);
  return (
    <WaitingPanes
      label="Conflicts"
      waiting={waiting}
      heading={
        <WaitingHeading
          title="Conflicts"
          count={waiting.items.length}
          lead="Somebody did something else meanwhile, or the server lost something. Nothing of yours leaves before you have decided."
        >
          <ReplyChoice />
        </WaitingHeading>
      }
      empty={
        <EmptyState
          className="flex-1"
          icon={GitCompareArrows}
          text="No conflicts."
          detail="Nobody set or wrote anything else where you did."
          action={{ label: 'Outbox', keys: OUTBOX_KEYS, run: openOutbox }}
        />
      }
    />
  );
}

/** A close is always held when messages came meanwhile; whether a reply is, too, is the desk's choice. */
function ReplyChoice() {
  const settings = useQuery(trpc.settings.get.queryOptions()).data;
  const update = useMutation(
    trpc.settings.update.mutationOptions({
      onError: (error) => showToast({ text: toAppError(error).message, tone: 'danger' }),
    }),
  );
  return (
    <Checkbox
      label="Hold replies, too, when new messages came"
      checked={settings?.holdsReplies ?? false}
      disabled={!settings || update.isPending}
      onCheckedChange={(holdsReplies) => update.mutate({ holdsReplies })}
    />
  );
}
