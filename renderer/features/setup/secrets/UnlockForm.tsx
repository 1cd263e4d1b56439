import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, Field, Notice, PasswordInput } from '../../../ui/index.ts';
import { keepStatus } from './keepStatus.ts';

/** The passphrase, for as long as this Staffdesk runs; `children` stand beside its button. */
export function UnlockForm({ children }: { children: ReactNode }) {
  const [passphrase, setPassphrase] = useState('');
  const unlock = useMutation(trpc.secrets.unlock.mutationOptions({ onSuccess: keepStatus }));
  const refusal = unlock.error ? toAppError(unlock.error) : null;
  const isAboutField = refusal?.field === 'passphrase';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (passphrase !== '') unlock.mutate({ passphrase });
  };
  return (
    <form noValidate aria-label="Unlock" onSubmit={submit} className="flex flex-col gap-4">
      <Field
        label="Passphrase"
        help="Kept until this Staffdesk is closed."
        error={isAboutField ? refusal.message : undefined}
      >
        <PasswordInput
          value={passphrase}
          autoComplete="off"
          onChange={(event) => {
            setPassphrase(event.target.value);
            unlock.reset();
          }}
        />
      </Field>
      {refusal && !isAboutField && <Notice tone="danger">{refusal.message}</Notice>}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant="primary" disabled={passphrase === ''} isBusy={unlock.isPending}>
          Unlock
        </Button>
        {children}
      </div>
    </form>
  );
}
