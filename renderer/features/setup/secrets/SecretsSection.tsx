import { useMutation, useQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { PLACE_SENTENCE, type SecretsStatus } from '../../../../shared/contract/secrets.ts';
import { trpc } from '../../../api/client.ts';
import { useViewer } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, ErrorState, Icon, Notice, Skeleton } from '../../../ui/index.ts';
import { Part } from '../Part.tsx';
import { keepStatus } from './keepStatus.ts';
import { PlaceList } from './PlaceList.tsx';
import { SealedList } from './SealedList.tsx';
import { StartOverDialog } from './StartOverDialog.tsx';
import { canStartOver } from './secretsText.ts';
import { UnlockForm } from './UnlockForm.tsx';

/** What keeps the secrets shut, and every way out of it. */
function Trouble({ status }: { status: SecretsStatus }) {
  const [isStartingOver, setStartingOver] = useState(false);
  const retry = useMutation(trpc.secrets.retry.mutationOptions({ onSuccess: keepStatus }));
  const startOver = canStartOver(status.state) && (
    <Button onClick={() => setStartingOver(true)}>Start over…</Button>
  );
  return (
    <div className="flex flex-col gap-4">
      <Notice tone="danger">
        {status.message} Everything else works meanwhile; staff with two-step sign-in can use a recovery code.
      </Notice>
      {status.state === 'locked_passphrase' ? (
        <UnlockForm>{startOver}</UnlockForm>
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          <Button variant="primary" isBusy={retry.isPending} onClick={() => retry.mutate()}>
            Try again
          </Button>
          {startOver}
        </div>
      )}
      {retry.error && <Notice tone="danger">{toAppError(retry.error).message}</Notice>}
      {isStartingOver && <StartOverDialog sealed={status.sealed} onClose={() => setStartingOver(false)} />}
    </div>
  );
}

function Summary({ status: { state, place, message, hasKeychain } }: { status: SecretsStatus }) {
  if (state === 'unused') {
    const where = hasKeychain
      ? 'It will lie in the system’s keychain.'
      : 'No keychain answers here, so it will lie in a key file.';
    return (
      <p role="status" className="text-soft">
        {message} {where}
      </p>
    );
  }
  return (
    <p role="status" className="flex items-center gap-2">
      <Icon of={Check} className="text-accent-ink" />
      {message} {place && PLACE_SENTENCE[place]}
    </p>
  );
}

function Parts() {
  const { data, error, refetch } = useQuery({
    ...trpc.secrets.status.queryOptions(),
    // No event tells what is sealed elsewhere, nor that a keychain was unlocked.
    refetchOnMount: 'always',
  });
  if (error) return <ErrorState error={toAppError(error)} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-80" />;
  const isFine = data.state === 'ready' || data.state === 'unused';
  return (
    <div className="flex flex-col gap-8">
      {isFine ? <Summary status={data} /> : <Trouble status={data} />}
      {data.state !== 'unused' && (
        <Part title="What is sealed">
          <SealedList sealed={data.sealed} />
        </Part>
      )}
      <Part title="Where the key lies">
        <PlaceList status={data} />
      </Part>
    </div>
  );
}

/** Passwords of other systems and second factors lie sealed in the database; here is where their key is. */
export function SecretsSection() {
  const isAdmin = useViewer()?.staff.role === 'admin';
  return isAdmin ? <Parts /> : <Notice>Only administrators see where the desk’s key lies.</Notice>;
}
