import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import type { SyncStatus } from '../../../../shared/contract/sync.ts';
import { trpc } from '../../../api/client.ts';
import { useSyncStatus } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, Fact, Field, Notice, PasswordInput, useKeptFocus, useNow } from '../../../ui/index.ts';
import { agoText, capital, leftText, syncLine, usePause, useSyncNow } from '../../sync/index.ts';
import { Part } from '../Part.tsx';
import { AheadPart } from './AheadForm.tsx';
import { Disconnect, Reconnect } from './Connection.tsx';
import { checkText } from './checkText.ts';
import { clockText } from './clockText.ts';
import { FirstSync, OldLeft } from './FirstSync.tsx';
import { Restored } from './Restored.tsx';

function Facts({ status }: { status: SyncStatus }) {
  const sync = useSyncNow();
  const pause = usePause(status);
  const now = useNow();
  const { text } = syncLine(status, now);
  const { problem, lastSyncAt, nextSyncAt, lastCheck } = status;
  const clock = clockText(status.clockOffsetMs);
  return (
    <div className="flex flex-col gap-4">
      <dl className="flex flex-col gap-2">
        <Fact name="Address">{status.url}</Fact>
        <Fact name="Signed in as">{status.username}</Fact>
        <Fact name="State">{text}</Fact>
        <Fact name="Last sync">{lastSyncAt === null ? 'Never' : capital(agoText(now - lastSyncAt))}</Fact>
        {lastCheck && <Fact name="Last check">{checkText(lastCheck)}</Fact>}
        {clock && <Fact name="Clock">{clock}</Fact>}
        {problem && nextSyncAt !== null && (
          <Fact name="Next try">
            {nextSyncAt - now > MINUTE_MS ? `In ${leftText(nextSyncAt - now)}` : 'Within a minute'}
          </Fact>
        )}
      </dl>
      {pause.isPossible && (
        <div className="flex flex-wrap gap-2">
          <Button isBusy={sync.isBusy} onClick={sync.run} keys="Shift+s">
            Sync now
          </Button>
          {!status.progress && (
            <Button variant="ghost" isBusy={pause.isBusy} onClick={pause.toggle}>
              {pause.isPaused ? 'Resume' : 'Pause'}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

const MINUTE_MS = 60_000;

/** Asked of the server only when somebody wants to know: one harmless call for each permission. */
function Permissions() {
  const check = useMutation(trpc.sync.permissions.mutationOptions());
  const missing = check.data?.missing;
  return (
    <Part title="Permissions of the token">
      {missing?.length === 0 && <p role="status">The token may do everything that Staffdesk needs.</p>}
      {missing && missing.length > 0 && (
        <div>
          <p>It lacks these. What needs them is refused until an administrator of the server ticks them.</p>
          <ul aria-label="Missing permissions" className="mt-2 list-disc pl-5">
            {missing.map((permission) => (
              <li key={permission}>{permission}</li>
            ))}
          </ul>
        </div>
      )}
      {check.error && <Notice tone="danger">{toAppError(check.error).message}</Notice>}
      <Button isBusy={check.isPending} onClick={() => check.mutate()} className="self-start">
        Check the permissions
      </Button>
    </Part>
  );
}

function ReplaceToken() {
  const [token, setToken] = useState('');
  const replace = useMutation(trpc.sync.replaceToken.mutationOptions({ onSuccess: () => setToken('') }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (token.trim() !== '') replace.mutate({ token: token.trim() });
  };
  return (
    <Part title="Replace the token">
      <form noValidate aria-label="Replace the token" onSubmit={submit} className="flex flex-col gap-4">
        <Field
          label="New API token"
          help="Of the same server. It is tried before it takes the place of the old one."
          error={replace.error ? toAppError(replace.error).message : undefined}
        >
          <PasswordInput
            value={token}
            autoComplete="off"
            onChange={(event) => {
              setToken(event.target.value);
              replace.reset();
            }}
          />
        </Field>
        {replace.isSuccess && <p role="status">The new token is in use.</p>}
        <Button
          type="submit"
          disabled={token.trim() === ''}
          isBusy={replace.isPending}
          className="self-start"
        >
          Replace
        </Button>
      </form>
    </Part>
  );
}

/** Whom this desk mirrors, how it stands with it, and the way in. */
export function ServerSection() {
  const status = useSyncStatus();
  const section = useRef<HTMLDivElement>(null);
  const isDisconnected = status?.problem?.code === 'remote_disconnected';
  useKeptFocus(section, isDisconnected);
  if (!status) return null;
  return (
    <div ref={section} tabIndex={-1} className="flex flex-col gap-8 outline-none">
      <Facts status={status} />
      <Restored status={status} />
      {status.progress && <FirstSync status={status} progress={status.progress} />}
      {!status.progress && status.leavesOld && <OldLeft />}
      {isDisconnected ? (
        <Reconnect status={status} />
      ) : (
        <>
          <AheadPart />
          <ReplaceToken />
          <Permissions />
          <Disconnect status={status} />
        </>
      )}
    </div>
  );
}
