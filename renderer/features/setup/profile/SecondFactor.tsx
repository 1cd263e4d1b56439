import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Profile } from '../../../../shared/contract/people.ts';
import { trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, Notice } from '../../../ui/index.ts';
import { Enrol } from './Enrol.tsx';
import { PasswordQuestion } from './PasswordQuestion.tsx';
import { FEW_CODES, keepProfile } from './profileForm.ts';
import { RecoveryCodes } from './RecoveryCodes.tsx';

type View = { kind: 'rest' | 'off' | 'renew' } | { kind: 'codes'; codes: readonly string[] };

function SwitchOff({ onClose }: { onClose: () => void }) {
  const drop = useMutation(
    trpc.profile.dropSecondFactor.mutationOptions({
      onSuccess: (profile) => {
        keepProfile(profile);
        onClose();
      },
    }),
  );
  return (
    <PasswordQuestion
      title="Switch two-step sign-in off"
      button="Switch off"
      asking={drop}
      onClose={onClose}
    />
  );
}

function Renew({ onCodes, onClose }: { onCodes: (codes: readonly string[]) => void; onClose: () => void }) {
  const renew = useMutation(
    trpc.profile.renewRecoveryCodes.mutationOptions({
      onSuccess: ({ profile, recoveryCodes }) => {
        keepProfile(profile);
        onCodes(recoveryCodes);
      },
    }),
  );
  return (
    <PasswordQuestion
      title="Make new recovery codes"
      button="Make new codes"
      asking={renew}
      onClose={onClose}
    />
  );
}

function CodesLeft({ left, onRenew }: { left: number; onRenew: () => void }) {
  const text = left === 0 ? 'No recovery code is left.' : `Recovery codes left: ${left} of 10.`;
  return (
    <div className="flex items-center gap-4">
      <div className="min-w-0 flex-1 text-soft">
        {left <= FEW_CODES ? <Notice>{`${text} Make new ones before you need them.`}</Notice> : <p>{text}</p>}
      </div>
      <Button onClick={onRenew}>New codes…</Button>
    </div>
  );
}

function Resting({
  profile: { hasSecondFactor: isOn, recoveryCodesLeft },
  wasOpen,
  offering,
  show,
}: {
  profile: Profile;
  wasOpen: boolean;
  offering: { mutate: () => void; isPending: boolean; error: unknown };
  show: (view: View) => void;
}) {
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center gap-4">
        <p role="status" className="min-w-0 flex-1 text-soft">
          {isOn
            ? 'On: signing in takes a code from your phone.'
            : 'Off: signing in takes the password alone.'}
        </p>
        <Button
          autoFocus={wasOpen}
          isBusy={offering.isPending}
          onClick={() => (isOn ? show({ kind: 'off' }) : offering.mutate())}
        >
          {isOn ? 'Switch off…' : 'Set up…'}
        </Button>
      </div>
      {Boolean(offering.error) && <Notice tone="danger">{toAppError(offering.error).message}</Notice>}
      {isOn && <CodesLeft left={recoveryCodesLeft} onRenew={() => show({ kind: 'renew' })} />}
    </div>
  );
}

/** A code from one's phone beside the password (RFC 6238): on, off, and what helps without the phone. */
export function SecondFactor({ profile }: { profile: Profile }) {
  const [view, setView] = useState<View>({ kind: 'rest' });
  const [wasOpen, setWasOpen] = useState(false);
  const offer = useMutation(trpc.profile.offerSecondFactor.mutationOptions());
  const close = () => {
    setView({ kind: 'rest' });
    setWasOpen(true);
    offer.reset();
  };
  const onCodes = (codes: readonly string[]) => setView({ kind: 'codes', codes });
  if (view.kind === 'codes') return <RecoveryCodes codes={view.codes} onDone={close} />;
  if (view.kind === 'off' && profile.hasSecondFactor) return <SwitchOff onClose={close} />;
  if (view.kind === 'renew' && profile.hasSecondFactor) return <Renew onCodes={onCodes} onClose={close} />;
  if (offer.data && !profile.hasSecondFactor)
    return <Enrol offer={offer.data} onCodes={onCodes} onClose={close} />;
  return <Resting profile={profile} wasOpen={wasOpen} offering={offer} show={setView} />;
}
