import { useQuery } from '@tanstack/react-query';
import type { ApiToken } from '../../../../shared/contract/desk.ts';
import { TOKEN_CALLS_KEPT, type TokenCall } from '../../../../shared/contract/tokens.ts';
import { trpc } from '../../../api/client.ts';
import { useViewer } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import { Dialog, ErrorState, exactTime, Skeleton } from '../../../ui/index.ts';

/** Calls are written every few seconds and come without an event: they would be one for each call. */
const REFRESH_MS = 5000;

function CallRow({ call, timeZone }: { call: TokenCall; timeZone: string | undefined }) {
  return (
    <tr className="border-line border-t align-top">
      <td className="whitespace-nowrap py-1.5 pr-3 tabular-nums">{exactTime(call.at, timeZone)}</td>
      <td className="py-1.5 pr-3 font-mono [overflow-wrap:anywhere]">
        {call.method} {call.path}
      </td>
      <td className="py-1.5 pr-3">
        <span className="tabular-nums">{call.status}</span> {call.refusal ?? 'fine'}
      </td>
      <td className="whitespace-nowrap py-1.5 font-mono">{call.address}</td>
    </tr>
  );
}

function Calls({ calls }: { calls: readonly TokenCall[] }) {
  const timeZone = useViewer()?.timeZone;
  if (calls.length === 0)
    return <p className="text-soft">No call yet. New ones appear after a few seconds.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller without a control in it needs the keys
    <section aria-label="Calls" tabIndex={0} className="max-h-[52vh] overflow-y-auto">
      <table className="w-full text-left text-small">
        <thead className="text-soft">
          <tr>
            <th scope="col" className="py-1.5 pr-3 font-medium">
              Time
            </th>
            <th scope="col" className="py-1.5 pr-3 font-medium">
              Call
            </th>
            <th scope="col" className="py-1.5 pr-3 font-medium">
              Answer
            </th>
            <th scope="col" className="py-1.5 font-medium">
              From
            </th>
          </tr>
        </thead>
        <tbody>
          {calls.map((call, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a log without ids; its rows hold no state
            <CallRow key={index} call={call} timeZone={timeZone} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What a token was used for lately, newest first. */
export function CallsDialog({ token, onClose }: { token: ApiToken; onClose: () => void }) {
  const { data, error, refetch } = useQuery(
    trpc.tokens.calls.queryOptions({ tokenId: token.id }, { refetchInterval: REFRESH_MS }),
  );
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      width="large"
      title={`Calls of «${token.name}»`}
      description={`The last ${TOKEN_CALLS_KEPT}, newest first. HelpDeskZ answers 200 also when it refuses; beside it stands what it said.`}
    >
      {error ? (
        <ErrorState error={toAppError(error)} onRetry={() => void refetch()} />
      ) : data ? (
        <Calls calls={data.calls} />
      ) : (
        <Skeleton className="h-40" />
      )}
    </Dialog>
  );
}
