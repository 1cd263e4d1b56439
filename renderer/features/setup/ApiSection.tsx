import { useQuery } from '@tanstack/react-query';
import { trpc } from '../../api/client.ts';
import { useViewer } from '../../api/desk.ts';
import { toAppError } from '../../api/errors.ts';
import { desktop } from '../../desktop/index.ts';
import { CopyField, ErrorState, Notice, Skeleton } from '../../ui/index.ts';
import { DialectsSection } from './dialects/DialectsSection.tsx';
import { TokenSection } from './tokens/TokenSection.tsx';

const CREATE_LINE =
  'npm run -s cli -- token create --data DIR --name my-script --permissions all --ip 127.0.0.1';
/** When a token was last used is written every few seconds and comes without an event. */
const REFRESH_MS = 10_000;

/** In a browser this page's own address is the one that certainly reaches the desk. */
function DocsLink({ baseUrl }: { baseUrl: string }) {
  return (
    <a
      href={`${desktop.isApp ? baseUrl : ''}/api/docs`}
      target="_blank"
      rel="noreferrer"
      className="text-accent-ink underline underline-offset-2"
    >
      All calls, with lines to copy
    </a>
  );
}

function ApiDetails() {
  const { data, error, refetch } = useQuery(
    trpc.api.info.queryOptions(undefined, { refetchInterval: REFRESH_MS }),
  );
  if (error) return <ErrorState error={toAppError(error)} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-60" />;
  return (
    <div className="flex flex-col gap-8">
      {data.problem && <Notice tone="danger">{data.problem}</Notice>}
      {data.baseUrl !== null && (
        <div className="flex flex-col items-start gap-2">
          <CopyField
            label="Base address"
            value={data.baseUrl}
            help="Scripts written for HelpDeskZ run unchanged against it."
          />
          <DocsLink baseUrl={data.baseUrl} />
        </div>
      )}
      <TokenSection tokens={data.tokens} baseUrl={data.baseUrl}>
        <CopyField
          label="Make a token without the screen"
          value={CREATE_LINE}
          help="In a terminal, in the folder of Staffdesk; DIR is the desk’s data folder. The token is printed this once."
          isBlock
        />
      </TokenSection>
      <DialectsSection baseUrl={data.baseUrl} tokens={data.tokens} />
    </div>
  );
}

/** Where scripts reach the desk, and with which tokens. */
export function ApiSection() {
  const isAdmin = useViewer()?.staff.role === 'admin';
  return isAdmin ? <ApiDetails /> : <Notice>Only administrators see the API and its tokens.</Notice>;
}
