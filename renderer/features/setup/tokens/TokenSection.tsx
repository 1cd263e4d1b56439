import { Plus } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import type { ApiToken } from '../../../../shared/contract/desk.ts';
import type { TokenId } from '../../../../shared/model/ids.ts';
import { Button } from '../../../ui/index.ts';
import { Part } from '../Part.tsx';
import { CallsDialog } from './CallsDialog.tsx';
import { DeleteTokenDialog } from './DeleteTokenDialog.tsx';
import { HistoryDialog } from './HistoryDialog.tsx';
import { type NewToken, NewTokenPanel } from './NewTokenPanel.tsx';
import { RegenerateDialog } from './RegenerateDialog.tsx';
import { TokenDialog } from './TokenDialog.tsx';
import { type TokenAct, TokenRow } from './TokenRow.tsx';

type Open = { act: 'create' } | { act: TokenAct; token: ApiToken };

function OpenDialog({
  open,
  onMade,
  onDeleted,
  onClose,
}: {
  open: Open;
  onMade: (made: NewToken) => void;
  onDeleted: (id: TokenId) => void;
  onClose: () => void;
}) {
  switch (open.act) {
    case 'create':
      return <TokenDialog token={null} onMade={onMade} onClose={onClose} />;
    case 'edit':
      return <TokenDialog token={open.token} onMade={onMade} onClose={onClose} />;
    case 'regenerate':
      return <RegenerateDialog token={open.token} onMade={onMade} onClose={onClose} />;
    case 'calls':
      return <CallsDialog token={open.token} onClose={onClose} />;
    case 'history':
      return <HistoryDialog token={open.token} onClose={onClose} />;
    case 'delete':
      return (
        <DeleteTokenDialog token={open.token} onDeleted={() => onDeleted(open.token.id)} onClose={onClose} />
      );
  }
}

/** The tokens of the desk and everything an admin does with them. */
export function TokenSection({
  tokens,
  baseUrl,
  children,
}: {
  tokens: readonly ApiToken[];
  baseUrl: string | null;
  children: ReactNode;
}) {
  const [open, setOpen] = useState<Open | null>(null);
  const [made, setMade] = useState<NewToken | null>(null);
  const newButton = useRef<HTMLButtonElement>(null);
  const hide = () => {
    setMade(null);
    newButton.current?.focus();
  };
  return (
    <Part
      title="Tokens"
      label="Tokens of the API"
      action={
        <Button ref={newButton} icon={Plus} onClick={() => setOpen({ act: 'create' })}>
          New token
        </Button>
      }
    >
      {made && <NewTokenPanel key={made.text} made={made} baseUrl={baseUrl} onDone={hide} />}
      {tokens.length === 0 ? (
        <p className="text-faint">No token yet. Every script needs one.</p>
      ) : (
        <ul aria-label="Tokens" className="divide-y divide-line rounded-md border border-line">
          {tokens.map((token) => (
            <TokenRow key={token.id} token={token} onAct={(act) => setOpen({ act, token })} />
          ))}
        </ul>
      )}
      {children}
      {open && (
        <OpenDialog
          open={open}
          onMade={setMade}
          onDeleted={(id) => setMade((shown) => (shown?.id === id ? null : shown))}
          onClose={() => setOpen(null)}
        />
      )}
    </Part>
  );
}
