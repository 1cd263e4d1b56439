import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { AppError } from '../../../shared/contract/errors.ts';
import type { OfferedSource } from '../../../shared/contract/sources.ts';
import { trpc } from '../../api/client.ts';
import { toAppError } from '../../api/errors.ts';
import { Button, Field, Input, Notice, PasswordInput, Screen } from '../../ui/index.ts';
import { BackToWorkspace } from '../arrival/index.ts';
import { CodeField } from './CodeField.tsx';
import { enter } from './enter.ts';
import { OfferedSources } from './OfferedSources.tsx';
import { SourceSignIn } from './SourceSignIn.tsx';

function useSignIn() {
  return useMutation(
    trpc.session.signIn.mutationOptions({
      onSuccess: enter,
    }),
  );
}

const asksForCode = (error: AppError | null) =>
  error?.code === 'two_factor_missing' || error?.code === 'two_factor_wrong';

/** Who is there? User name, password, and the second factor for those who have one. */
export function SignInScreen({ onForgot }: { onForgot: () => void }) {
  const { data: status } = useQuery(trpc.system.status.queryOptions());
  const [source, setSource] = useState<OfferedSource | null>(null);
  const name = status?.siteName ?? 'Staffdesk';
  return source ? (
    <Screen key={source.id} title={`Sign in with ${source.name}`} name={name}>
      <SourceSignIn source={source} onBack={() => setSource(null)} />
    </Screen>
  ) : (
    <Screen title="Sign in" name={name} above={<BackToWorkspace />}>
      <OwnSignIn onForgot={onForgot} />
      <OfferedSources onChoose={setSource} />
    </Screen>
  );
}

function OwnSignIn({ onForgot }: { onForgot: () => void }) {
  const { mutate, isPending, error } = useSignIn();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [needsCode, setNeedsCode] = useState(false);
  const isRemote = useQuery(trpc.system.status.queryOptions()).data?.isRemote ?? false;
  const [isAtServer, setAtServer] = useState(false);
  const refusal = error ? toAppError(error) : null;
  const isAboutCode = asksForCode(refusal);

  const signIn = (atServer: boolean) => {
    setAtServer(atServer);
    const withCode = needsCode ? { code: code.trim() } : {};
    mutate(
      { username: username.trim(), password, ...withCode, ...(atServer ? { atServer } : {}) },
      {
        onError: (failure) => {
          if (asksForCode(toAppError(failure))) setNeedsCode(true);
        },
      },
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // With the code that the server asked for it is asked again.
    signIn(isAtServer && isAboutCode);
  };
  const codeError = refusal?.code === 'two_factor_wrong' ? refusal.message : null;
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5">
      {refusal && !isAboutCode && <Notice tone="danger">{refusal.message}</Notice>}
      {isRemote && refusal?.code === 'bad_credentials' && (
        <div className="flex flex-col gap-2 text-soft">
          <p>
            Was your password changed on the server? It can be asked about the new one, once; after three
            wrong ones it locks the account.
          </p>
          <Button className="self-start" isBusy={isPending} onClick={() => signIn(true)}>
            Ask the server
          </Button>
        </div>
      )}
      <Field label="User name">
        <Input
          autoFocus
          value={username}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => setUsername(event.target.value)}
        />
      </Field>
      <Field label="Password">
        <PasswordInput
          value={password}
          autoComplete="current-password"
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      {needsCode && <CodeField code={code} onCode={setCode} error={codeError} />}
      <div className="mt-1 flex items-center justify-between gap-2">
        <Button
          type="submit"
          variant="primary"
          isBusy={isPending}
          disabled={username.trim() === '' || password === ''}
        >
          Sign in
        </Button>
        <Button variant="ghost" onClick={onForgot}>
          Forgot your password?
        </Button>
      </div>
    </form>
  );
}
