import { useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { type ApiToken, PERMISSIONS } from '../../../shared/contract/desk.ts';
import { trpc } from '../../api/client.ts';
import { useViewer } from '../../api/desk.ts';
import { toAppError } from '../../api/errors.ts';
import { Badge, CopyField, ErrorState, Icon, Notice, RelativeTime, Skeleton } from '../../ui/index.ts';

const CREATE_LINE =
  'npm run -s cli -- token create --data DIR --name my-script --permissions all --ip 127.0.0.1';

function curlLine(baseUrl: string): string {
  return `curl -H 'Token: YOUR_TOKEN' ${baseUrl.replace(/\/+$/, '')}/api/tickets`;
}

function permissionText({ permissions }: ApiToken): string {
  if (permissions.length === PERMISSIONS.length) return 'All permissions';
  if (permissions.length === 0) return 'No permission';
  return permissions.length <= 3 ? permissions.join(', ') : `${permissions.length} permissions`;
}

function TokenLine({ token, timeZone }: { token: ApiToken; timeZone: string | undefined }) {
  const addresses = token.ipList.length === 0 ? 'from any address' : `from ${token.ipList.join(', ')}`;
  return (
    <li className="flex items-center gap-3 px-3.5 py-2.5">
      <Icon of={KeyRound} className="text-faint" />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2">
          <span className="truncate font-medium">{token.name}</span>
          {!token.isActive && <Badge>Switched off</Badge>}
        </p>
        <p className="truncate text-faint text-small" title={token.permissions.join(', ')}>
          {permissionText(token)}, {addresses}
        </p>
      </div>
      <span className="shrink-0 text-faint text-small">
        {token.lastUsedAt === null ? (
          'never used'
        ) : (
          <>
            used <RelativeTime at={token.lastUsedAt} timeZone={timeZone} />
          </>
        )}
      </span>
    </li>
  );
}

function Tokens({ tokens }: { tokens: readonly ApiToken[] }) {
  const timeZone = useViewer()?.timeZone;
  if (tokens.length === 0) {
    return <p className="text-faint">No token yet. A script needs one; make it with the command below.</p>;
  }
  return (
    <ul aria-label="Tokens" className="divide-y divide-line rounded-md border border-line">
      {tokens.map((token) => (
        <TokenLine key={token.id} token={token} timeZone={timeZone} />
      ))}
    </ul>
  );
}

function ApiDetails() {
  const { data, error, refetch } = useQuery(trpc.api.info.queryOptions());
  if (error) return <ErrorState error={toAppError(error)} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-60" />;
  return (
    <div className="flex flex-col gap-6">
      {data.problem && <Notice tone="danger">{data.problem}</Notice>}
      {data.baseUrl !== null && (
        <CopyField
          label="Base address"
          value={data.baseUrl}
          help="Scripts written for HelpDeskZ run unchanged against it."
        />
      )}
      <section className="flex flex-col gap-2">
        <h3 className="font-medium">Tokens</h3>
        <Tokens tokens={data.tokens} />
      </section>
      <CopyField
        label="Make a token"
        value={CREATE_LINE}
        help="In a terminal, in the folder of Staffdesk; DIR is the desk’s data folder. The token is printed this once."
        isBlock
      />
      {data.baseUrl !== null && (
        <CopyField
          label="Try it"
          value={curlLine(data.baseUrl)}
          help="Lists the tickets. Put the printed token in place of YOUR_TOKEN."
          isBlock
        />
      )}
    </div>
  );
}

/** Where scripts reach the desk, and with which tokens. */
export function ApiSection() {
  const isAdmin = useViewer()?.staff.role === 'admin';
  return isAdmin ? <ApiDetails /> : <Notice>Only administrators see the API and its tokens.</Notice>;
}
