import { useMutation } from '@tanstack/react-query';
import { FileKey, KeyRound, type LucideIcon, Vault } from 'lucide-react';
import { useState } from 'react';
import {
  KEY_PLACES,
  type KeyPlace,
  type MoveKeyInput,
  type SecretsStatus,
} from '../../../../shared/contract/secrets.ts';
import { trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { Badge, Button, Icon, Notice } from '../../../ui/index.ts';
import { showToast } from '../../toasts/index.ts';
import { keepStatus } from './keepStatus.ts';
import { PassphraseDialog } from './PassphraseDialog.tsx';
import { PLACE_LEAD, PLACE_TITLE } from './secretsText.ts';

const ICONS: Readonly<Record<KeyPlace, LucideIcon>> = {
  keychain: Vault,
  key_file: FileKey,
  passphrase: KeyRound,
};

function PlaceLine({
  place,
  status,
  isBusy,
  onMove,
}: {
  place: KeyPlace;
  status: SecretsStatus;
  isBusy: boolean;
  onMove: () => void;
}) {
  const isHere = status.place === place;
  const isAway = place === 'keychain' && !status.hasKeychain && !isHere;
  const canMove = status.state === 'ready' || status.state === 'unused';
  const title = PLACE_TITLE[place];
  const isChange = isHere && place === 'passphrase';
  return (
    <li className="flex items-start gap-3 px-3.5 py-3">
      <Icon of={ICONS[place]} className={isHere ? 'mt-0.5 text-accent-ink' : 'mt-0.5 text-faint'} />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2 font-medium">
          {title}
          {isHere && <Badge>The key is here</Badge>}
        </p>
        <p className="mt-0.5 text-soft">{PLACE_LEAD[place]}</p>
        {place === 'key_file' && isHere && (
          <p className="mt-1 break-all font-mono text-faint text-small">{status.keyFile}</p>
        )}
        {isAway && <p className="mt-1 text-soft">No keychain answers on this machine.</p>}
      </div>
      {canMove && (!isHere || isChange) && (
        <Button
          size="small"
          disabled={isAway}
          isBusy={isBusy}
          aria-label={isChange ? 'Change the passphrase' : `Move the key: ${title}`}
          onClick={onMove}
        >
          {isChange ? 'Change…' : place === 'passphrase' ? 'Move…' : 'Move'}
        </Button>
      )}
    </li>
  );
}

/** The three places a key can lie in, the one where it does, and the way to another. */
export function PlaceList({ status }: { status: SecretsStatus }) {
  const [asksPassphrase, setAsksPassphrase] = useState(false);
  const move = useMutation(
    trpc.secrets.move.mutationOptions({
      onSuccess: (moved, { to }) => {
        keepStatus(moved);
        setAsksPassphrase(false);
        showToast({ text: `The key is in its new place: ${PLACE_TITLE[to].toLowerCase()}` });
      },
    }),
  );
  const start = (input: MoveKeyInput) => move.mutate(input);
  const problem = move.error ? toAppError(move.error).message : null;
  return (
    <div className="flex flex-col gap-3">
      <ul className="divide-y divide-line rounded-md border border-line">
        {KEY_PLACES.map((place) => (
          <PlaceLine
            key={place}
            place={place}
            status={status}
            isBusy={move.isPending && move.variables.to === place}
            onMove={() => {
              move.reset();
              if (place === 'passphrase') setAsksPassphrase(true);
              else start({ to: place });
            }}
          />
        ))}
      </ul>
      {status.hasLeftover && (
        <Notice>
          The keychain still holds a copy of the key and does not answer. It is removed as soon as it does.
        </Notice>
      )}
      {problem && !asksPassphrase && <Notice tone="danger">Nothing was moved. {problem}</Notice>}
      {asksPassphrase && (
        <PassphraseDialog
          isChange={status.place === 'passphrase'}
          isBusy={move.isPending}
          problem={problem}
          onPassphrase={(passphrase) => start({ to: 'passphrase', passphrase })}
          onClose={() => setAsksPassphrase(false)}
        />
      )}
    </div>
  );
}
