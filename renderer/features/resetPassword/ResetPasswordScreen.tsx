import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { queryClient, trpc, trpcClient } from '../../api/client.ts';
import { toAppError } from '../../api/errors.ts';
import {
  Button,
  Field,
  Input,
  NewPasswordFields,
  Notice,
  newPasswordErrors,
  Screen,
  Spinner,
} from '../../ui/index.ts';
import { secretOfText } from './resetLink.ts';

type Steps = { onClose: () => void; onSecret: (secret: string) => void };

function Frame({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  const { data: status } = useQuery(trpc.system.status.queryOptions());
  return (
    <Screen title={title} lead={lead} name={status?.siteName ?? 'Staffdesk'}>
      {children}
    </Screen>
  );
}

function AskForLink({ onClose, onSecret }: Steps) {
  const [text, setText] = useState('');
  return (
    <Frame
      title="Reset your password"
      lead="Ask an administrator of this desk for a reset link. Open it, or paste it here."
    >
      <form
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          onSecret(secretOfText(text));
        }}
      >
        <Field label="Link or code">
          <Input
            autoFocus
            value={text}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        <div className="flex gap-2">
          <Button type="submit" variant="primary" disabled={text.trim() === ''}>
            Continue
          </Button>
          <Button variant="ghost" onClick={onClose}>
            Back to sign in
          </Button>
        </div>
      </form>
    </Frame>
  );
}

function Refused({ message, onClose, onSecret }: Steps & { message: string }) {
  return (
    <Frame title="Reset your password">
      <div className="flex flex-col gap-5">
        <Notice tone="danger">{message}</Notice>
        <div className="flex gap-2">
          <Button autoFocus onClick={() => onSecret('')}>
            Use another link
          </Button>
          <Button variant="ghost" onClick={onClose}>
            Back to sign in
          </Button>
        </div>
      </div>
    </Frame>
  );
}

function Done({ username, onClose }: { username: string; onClose: () => void }) {
  return (
    <Frame title="Your new password is set">
      <div className="flex flex-col gap-5">
        <p role="status" className="text-soft">
          {username} is signed out everywhere. Sign in with the new password.
        </p>
        <Button autoFocus variant="primary" className="self-start" onClick={onClose}>
          Sign in
        </Button>
      </div>
    </Frame>
  );
}

const EMPTY = { newPassword: '', repeated: '' };

function useRedeem(secret: string) {
  const [values, setValues] = useState(EMPTY);
  const [errors, setErrors] = useState<Partial<typeof EMPTY>>({});
  const redeem = useMutation(
    trpc.session.redeemReset.mutationOptions({
      // If it was this window's own account, it is signed out now.
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.session.me.queryKey() }),
      onError: (error) => {
        const refusal = toAppError(error);
        if (refusal.field === 'newPassword') setErrors({ newPassword: refusal.message });
      },
    }),
  );
  const failure = redeem.error ? toAppError(redeem.error) : null;
  return {
    values,
    errors,
    failure: failure?.field === 'newPassword' ? null : failure,
    isBusy: redeem.isPending,
    isDone: redeem.isSuccess,
    set: (changed: Partial<typeof EMPTY>) => {
      setValues((before) => ({ ...before, ...changed }));
      setErrors({});
    },
    submit: (event: FormEvent) => {
      event.preventDefault();
      const wrong = newPasswordErrors(values);
      setErrors(wrong);
      if (Object.keys(wrong).length === 0) redeem.mutate({ secret, newPassword: values.newPassword });
    },
  };
}

function NewPasswordForm({
  secret,
  facts,
  onClose,
  onSecret,
}: Steps & { secret: string; facts: { username: string; name: string } }) {
  const form = useRedeem(secret);
  if (form.isDone) return <Done username={facts.username} onClose={onClose} />;
  if (form.failure?.code === 'reset_link_invalid')
    return <Refused message={form.failure.message} onClose={onClose} onSecret={onSecret} />;
  return (
    <Frame title="Choose a new password" lead={`For ${facts.name}, who signs in as ${facts.username}.`}>
      <form noValidate onSubmit={form.submit} className="flex flex-col gap-5">
        {/* For password managers: whose password this is. */}
        <input type="hidden" name="username" autoComplete="username" value={facts.username} readOnly />
        <NewPasswordFields values={form.values} errors={form.errors} set={form.set} autoFocus />
        {form.failure && <Notice tone="danger">Not changed. {form.failure.message}</Notice>}
        <div className="flex gap-2">
          <Button type="submit" variant="primary" isBusy={form.isBusy}>
            Set password
          </Button>
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Frame>
  );
}

/** Where a one-time link leads: a new password for the one it was made for. */
export function ResetPasswordScreen({ secret, onClose, onSecret }: Steps & { secret: string }) {
  const facts = useQuery({
    queryKey: ['resetFacts', secret],
    // A mutation, so that the secret travels in a body; asked again whenever the page is.
    queryFn: () => trpcClient.session.resetFacts.mutate({ secret }),
    enabled: secret !== '',
    gcTime: 0,
  });
  const steps = { onClose, onSecret };
  if (secret === '') return <AskForLink {...steps} />;
  if (facts.error) return <Refused message={toAppError(facts.error).message} {...steps} />;
  if (!facts.data) return <Spinner label="Looking at the link" size={20} />;
  return <NewPasswordForm secret={secret} facts={facts.data} {...steps} />;
}
