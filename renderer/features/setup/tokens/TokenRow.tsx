import { useMutation } from '@tanstack/react-query';
import { Ellipsis, History, KeyRound, List, Pencil, Power, RefreshCw, Trash2 } from 'lucide-react';
import type { ApiToken } from '../../../../shared/contract/desk.ts';
import { tokenStateAt } from '../../../../shared/model/tokenState.ts';
import { trpc } from '../../../api/client.ts';
import { useViewer } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import {
  Badge,
  exactTime,
  Icon,
  IconButton,
  Menu,
  MenuItem,
  MenuSeparator,
  RelativeTime,
  useNow,
} from '../../../ui/index.ts';
import { showToast } from '../../toasts/index.ts';
import { rightsText, stateText } from './tokenText.ts';
import { refreshTokens } from './useTokenForm.ts';

export type TokenAct = 'edit' | 'regenerate' | 'calls' | 'history' | 'delete';

function LastUse({ token, timeZone }: { token: ApiToken; timeZone: string | undefined }) {
  if (token.lastUsedAt === null) return <>Never used</>;
  return (
    <>
      Last used <RelativeTime at={token.lastUsedAt} timeZone={timeZone} />
      {token.lastUsedAddress !== null && ` from ${token.lastUsedAddress}`}
      {token.lastUsedCall !== null && `: ${token.lastUsedCall}`}
    </>
  );
}

function useSwitch(token: ApiToken): () => void {
  const { mutate } = useMutation(
    trpc.tokens.update.mutationOptions({
      onSuccess: () => {
        showToast({ text: `Token «${token.name}» switched ${token.isActive ? 'off' : 'on'}` });
        void refreshTokens();
      },
      onError: (error) => showToast({ text: toAppError(error).message, tone: 'danger' }),
    }),
  );
  return () => mutate({ tokenId: token.id, isActive: !token.isActive });
}

function TokenMenu({ token, onAct }: { token: ApiToken; onAct: (act: TokenAct) => void }) {
  const switchIt = useSwitch(token);
  return (
    <Menu align="end" trigger={<IconButton icon={Ellipsis} label={`Token ${token.name}: more`} />}>
      <MenuItem icon={Pencil} onSelect={() => onAct('edit')}>
        Edit…
      </MenuItem>
      <MenuItem icon={List} onSelect={() => onAct('calls')}>
        Last calls…
      </MenuItem>
      <MenuItem icon={History} onSelect={() => onAct('history')}>
        History…
      </MenuItem>
      <MenuItem icon={RefreshCw} onSelect={() => onAct('regenerate')}>
        Regenerate…
      </MenuItem>
      <MenuItem icon={Power} onSelect={switchIt}>
        {token.isActive ? 'Switch off' : 'Switch on'}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={Trash2} tone="danger" onSelect={() => onAct('delete')}>
        Delete…
      </MenuItem>
    </Menu>
  );
}

/** One token: its state, its rights, its last use. */
export function TokenRow({ token, onAct }: { token: ApiToken; onAct: (act: TokenAct) => void }) {
  const timeZone = useViewer()?.timeZone;
  const now = useNow();
  const state = stateText(tokenStateAt(token, now), token.expiresAt, timeZone);
  const overlap = token.previousValidUntil ?? 0;
  return (
    <li className="flex items-start gap-3 px-3.5 py-2.5">
      <Icon of={KeyRound} className="mt-0.5 text-faint" />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2">
          <span className="truncate font-medium">{token.name}</span>
          <Badge tone={state.tone}>{state.text}</Badge>
        </p>
        <p className="truncate text-faint text-small" title={token.permissions.join(', ')}>
          {rightsText(token)}
        </p>
        <p className="truncate text-faint text-small">
          <LastUse token={token} timeZone={timeZone} />
        </p>
        {overlap > now && (
          <p className="text-small text-soft">
            The token before it works until {exactTime(overlap, timeZone)}
          </p>
        )}
      </div>
      <TokenMenu token={token} onAct={onAct} />
    </li>
  );
}
