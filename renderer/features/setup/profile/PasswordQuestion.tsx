import type { FormEvent } from 'react';
import { Button, Notice } from '../../../ui/index.ts';
import { Proof, useProof } from './Proof.tsx';

/** Asks for the password before something happens to the second factor. */
export function PasswordQuestion({
  title,
  button,
  asking,
  onClose,
}: {
  title: string;
  button: string;
  asking: {
    mutate: (input: { currentPassword: string }) => void;
    reset: () => void;
    error: unknown;
    isPending: boolean;
  };
  onClose: () => void;
}) {
  const proof = useProof(asking.error, asking.reset);
  const { currentPassword } = proof.asked;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    asking.mutate({ currentPassword });
  };
  return (
    <form noValidate aria-label={title} onSubmit={submit} className="flex flex-col gap-5">
      <Proof proof={proof} asksForCode={false} />
      {proof.problem && <Notice tone="danger">{proof.problem}</Notice>}
      <div className="flex gap-2">
        <Button type="submit" isBusy={asking.isPending} disabled={currentPassword === ''}>
          {button}
        </Button>
        <Button variant="ghost" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
