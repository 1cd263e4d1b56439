import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { ResetLink, StaffRecord } from '../../../../shared/contract/people.ts';
import { queryClient, trpc } from '../../../api/client.ts';
import { useViewer } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import { desktop } from '../../../desktop/index.ts';
import { Button, exactTime } from '../../../ui/index.ts';
import { resetAddress } from '../../resetPassword/index.ts';
import { showToast } from '../../toasts/index.ts';
import { Act } from '../Act.tsx';
import { ShownOnce } from './ShownOnce.tsx';

const onError = (error: unknown) => showToast({ text: toAppError(error).message, tone: 'danger' });
const refetchRecords = () => queryClient.invalidateQueries({ queryKey: trpc.staff.records.queryKey() });

type Made = { kind: 'password'; password: string } | { kind: 'link'; link: ResetLink };

function Shown({ made, staff, onDone }: { made: Made; staff: StaffRecord; onDone: () => void }) {
  const timeZone = useViewer()?.timeZone;
  if (made.kind === 'password') {
    return (
      <ShownOnce
        title={`New password of ${staff.name}`}
        label="Password"
        value={made.password}
        help="Shown this once: only a hash of it is kept. Hand it over now."
        onDone={onDone}
      />
    );
  }
  const { secret, expiresAt } = made.link;
  // The desktop app has no address that another machine could open: its sign-in screen takes the code.
  const value = desktop.isApp ? secret : resetAddress(window.location.origin, secret);
  const how = desktop.isApp ? 'They paste it under «Forgot your password?» on the sign-in screen. ' : '';
  return (
    <ShownOnce
      title={`${staff.name} sets a new password with this`}
      label={desktop.isApp ? 'Reset code' : 'Reset link'}
      value={value}
      help={`${how}Works once, until ${exactTime(expiresAt, timeZone)}. Shown this once; a newer one takes its place.`}
      onDone={onDone}
    />
  );
}

/** A way back in for someone who forgot their password: a link they open, or a password to hand over. */
export function PasswordAct({ staff }: { staff: StaffRecord }) {
  const timeZone = useViewer()?.timeZone;
  const [made, setMade] = useState<Made | null>(null);
  const [wasShown, setWasShown] = useState(false);
  const makeButton = useRef<HTMLButtonElement>(null);
  const reset = useMutation(
    trpc.staff.resetPassword.mutationOptions({
      onSuccess: ({ password }) => setMade({ kind: 'password', password }),
      onSettled: refetchRecords,
      onError,
    }),
  );
  const makeLink = useMutation(
    trpc.staff.makeResetLink.mutationOptions({
      onSuccess: (link) => setMade({ kind: 'link', link }),
      onSettled: refetchRecords,
      onError,
    }),
  );
  const revoke = useMutation(
    trpc.staff.revokeResetLink.mutationOptions({
      onSuccess: () => {
        // Its button goes; the one above it takes the focus.
        makeButton.current?.focus();
        showToast({ text: `The reset link of ${staff.name} no longer works` });
      },
      onSettled: refetchRecords,
      onError,
    }),
  );
  const { id: staffId, isActive, resetLinkUntil } = staff;
  if (made) {
    return (
      <div className="p-3.5">
        <Shown
          made={made}
          staff={staff}
          onDone={() => {
            setMade(null);
            setWasShown(true);
          }}
        />
      </div>
    );
  }
  const help =
    'With a link they choose a new one themselves; or one is made and shown once, which signs them out.';
  const out = resetLinkUntil === null ? '' : ` A link is out until ${exactTime(resetLinkUntil, timeZone)}.`;
  return (
    <Act title="Password" help={`${help}${out}`}>
      <div className="flex shrink-0 flex-col gap-1.5">
        {isActive && (
          <Button
            ref={makeButton}
            autoFocus={wasShown}
            isBusy={makeLink.isPending}
            onClick={() => makeLink.mutate({ staffId })}
          >
            Make a reset link
          </Button>
        )}
        {resetLinkUntil !== null && (
          <Button isBusy={revoke.isPending} onClick={() => revoke.mutate({ staffId })}>
            Take the link back
          </Button>
        )}
        <Button isBusy={reset.isPending} onClick={() => reset.mutate({ staffId })}>
          Reset password
        </Button>
      </div>
    </Act>
  );
}
