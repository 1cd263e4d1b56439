import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { SecondFactorOffer } from '../../../../shared/contract/people.ts';
import { trpc } from '../../../api/client.ts';
import { Button, CopyField, Notice } from '../../../ui/index.ts';
import { Proof, useProof } from './Proof.tsx';
import { groupsOf, keepProfile } from './profileForm.ts';
import { QrCode } from './QrCode.tsx';

/** Shows the secret to an authenticator app and waits for the code that proves it has it. */
export function Enrol({
  offer,
  onCodes,
  onClose,
}: {
  offer: SecondFactorOffer;
  onCodes: (codes: readonly string[]) => void;
  onClose: () => void;
}) {
  const confirm = useMutation(
    trpc.profile.confirmSecondFactor.mutationOptions({
      onSuccess: ({ profile, recoveryCodes }) => {
        keepProfile(profile);
        onCodes(recoveryCodes);
      },
    }),
  );
  const proof = useProof(confirm.error, confirm.reset);
  const code = proof.asked.code.trim();
  const { currentPassword } = proof.asked;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate({ secret: offer.secret, code, currentPassword });
  };
  return (
    <form noValidate aria-label="Set up two-step sign-in" onSubmit={submit} className="flex flex-col gap-5">
      <p className="text-soft">
        Scan this with an authenticator app, then type the code it shows. Then you get recovery codes, for
        when the phone is lost.
      </p>
      <QrCode text={offer.uri} label="QR code for your authenticator app; the key below says the same" />
      <CopyField label="Or type this key" value={groupsOf(offer.secret)} />
      <Proof proof={proof} asksForCode />
      {proof.problem && <Notice tone="danger">{proof.problem}</Notice>}
      <div className="flex gap-2">
        <Button
          type="submit"
          variant="primary"
          isBusy={confirm.isPending}
          disabled={code === '' || currentPassword === ''}
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
