import { useQuery } from '@tanstack/react-query';
import type { ApiToken } from '../../../../shared/contract/desk.ts';
import type { TokenChange } from '../../../../shared/contract/tokens.ts';
import { trpc } from '../../../api/client.ts';
import { useStaff, useViewer } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import { Dialog, ErrorState, exactTime, Skeleton } from '../../../ui/index.ts';
import { changeSentences } from './changeSentences.ts';

function Changes({ changes }: { changes: readonly TokenChange[] }) {
  const timeZone = useViewer()?.timeZone;
  const staff = useStaff();
  const nameOf = (id: number): string => staff.find((member) => member.id === id)?.name ?? 'someone';
  if (changes.length === 0)
    return <p className="text-soft">Made before the desk kept this history, and not changed since.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller without a control in it needs the keys
    <section aria-label="History" tabIndex={0} className="max-h-[52vh] overflow-y-auto">
      <ol className="divide-y divide-line">
        {changes.map((change) => (
          <li key={change.id} className="py-2">
            <p className="flex flex-wrap justify-between gap-x-3">
              <span className="font-medium">{change.actorName}</span>
              <span className="text-faint text-small tabular-nums">
                {exactTime(change.createdAt, timeZone)}
              </span>
            </p>
            {changeSentences(change, { nameOf, timeZone }).map((sentence) => (
              <p key={sentence} className="text-small text-soft [overflow-wrap:anywhere]">
                {sentence}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Who made a token and what they changed of it, newest first. */
export function HistoryDialog({ token, onClose }: { token: ApiToken; onClose: () => void }) {
  const { data, error, refetch } = useQuery({
    ...trpc.tokens.history.queryOptions({ tokenId: token.id }),
    refetchOnMount: 'always',
  });
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`History of «${token.name}»`}
      description="Who made it and what was changed since, newest first."
    >
      {error ? (
        <ErrorState error={toAppError(error)} onRetry={() => void refetch()} />
      ) : data ? (
        <Changes changes={data.changes} />
      ) : (
        <Skeleton className="h-40" />
      )}
    </Dialog>
  );
}
