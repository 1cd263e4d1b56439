import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Profile, SecondFactorOffer } from '../../../../shared/contract/people.ts';
import { queryClient, trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, CopyField, Field, Input, Notice, PasswordInput } from '../../../ui/index.ts';
import { groupsOf, refusalOf } from './profileForm.ts';
import { QrCode } from './QrCode.tsx';

const keep = (profile: Profile) => {
  queryClient.setQueryData(trpc.profile.get.queryKey(), profile);
};

type Asked = { code: string; currentPassword: string };

function Proof({
  errors,
  asked,
  set,
  asksForCode,
}: {
  errors: Record<string, string>;
  asked: Asked;
  set: (changed: Partial<Asked>) => void;
  asksForCode: boolean;
}) {
  return (
    <>
      {asksForCode && (
        <Field label="Six-digit code" help="That the app shows now." error={errors.code}>
          <Input
            autoFocus
            value={asked.code}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={10}
            onChange={(event) => set({ code: event.target.value })}
            className="max-w-40 tabular-nums"
          />
        </Field>
      )}
      <Field label="Your password" error={errors.currentPassword}>
        <PasswordInput
          autoFocus={!asksForCode}
          value={asked.currentPassword}
          autoComplete="current-password"
          onChange={(event) => set({ currentPassword: event.target.value })}
        />
      </Field>
    </>
  );
}

function useProof(failure: unknown, reset: () => void) {
  const [asked, setAsked] = useState<Asked>({ code: '', currentPassword: '' });
  const refusal = failure ? toAppError(failure) : null;
  const errors = (refusal && refusalOf(refusal, ['code', 'currentPassword'])) ?? {};
  return {
    asked,
    errors,
    problem: refusal && Object.keys(errors).length === 0 ? refusal.message : null,
    set: (changed: Partial<Asked>) => {
      setAsked((before) => ({ ...before, ...changed }));
      reset();
    },
  };
}

function Enrol({ offer, onClose }: { offer: SecondFactorOffer; onClose: () => void }) {
  const confirm = useMutation(
    trpc.profile.confirmSecondFactor.mutationOptions({
      onSuccess: ({ profile }) => {
        keep(profile);
        onClose();
      },
    }),
  );
  const { asked, errors, problem, set } = useProof(confirm.error, confirm.reset);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate({ secret: offer.secret, code: asked.code.trim(), currentPassword: asked.currentPassword });
  };
  return (
    <form noValidate aria-label="Set up two-step sign-in" onSubmit={submit} className="flex flex-col gap-5">
      <p className="text-soft">
        Scan this with an authenticator app, then type the code it shows. If you lose the phone, an
        administrator can switch two-step sign-in off for you.
      </p>
      <QrCode text={offer.uri} label="QR code for your authenticator app; the key below says the same" />
      <CopyField label="Or type this key" value={groupsOf(offer.secret)} />
      <Proof errors={errors} asked={asked} set={set} asksForCode />
      {problem && <Notice tone="danger">{problem}</Notice>}
      <div className="flex gap-2">
        <Button
          type="submit"
          variant="primary"
          isBusy={confirm.isPending}
          disabled={asked.code.trim() === '' || asked.currentPassword === ''}
        >
          Switch on
        </Button>
        <Button variant="ghost" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function SwitchOff({ onClose }: { onClose: () => void }) {
  const drop = useMutation(
    trpc.profile.dropSecondFactor.mutationOptions({
      onSuccess: (profile) => {
        keep(profile);
        onClose();
      },
    }),
  );
  const { asked, errors, problem, set } = useProof(drop.error, drop.reset);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    drop.mutate({ currentPassword: asked.currentPassword });
  };
  return (
    <form
      noValidate
      aria-label="Switch two-step sign-in off"
      onSubmit={submit}
      className="flex flex-col gap-5"
    >
      <Proof errors={errors} asked={asked} set={set} asksForCode={false} />
      {problem && <Notice tone="danger">{problem}</Notice>}
      <div className="flex gap-2">
        <Button type="submit" isBusy={drop.isPending} disabled={asked.currentPassword === ''}>
          Switch off
        </Button>
        <Button variant="ghost" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

/** A code from one's phone beside the password (RFC 6238): on and off. */
export function SecondFactor({ isOn }: { isOn: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  const offer = useMutation(
    trpc.profile.offerSecondFactor.mutationOptions({ onSuccess: () => setOpen(true) }),
  );
  const close = () => {
    setOpen(false);
    setWasOpen(true);
    offer.reset();
  };
  if (isOpen && isOn) return <SwitchOff onClose={close} />;
  if (isOpen && offer.data) return <Enrol offer={offer.data} onClose={close} />;
  return (
    <div className="flex items-center gap-4">
      <p role="status" className="min-w-0 flex-1 text-soft">
        {isOn ? 'On: signing in takes a code from your phone.' : 'Off: signing in takes the password alone.'}
      </p>
      {offer.error && <Notice tone="danger">{toAppError(offer.error).message}</Notice>}
      <Button
        autoFocus={wasOpen}
        isBusy={offer.isPending}
        onClick={() => (isOn ? setOpen(true) : offer.mutate())}
      >
        {isOn ? 'Switch off…' : 'Set up…'}
      </Button>
    </div>
  );
}
