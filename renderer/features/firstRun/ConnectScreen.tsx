import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { AppError } from '../../../shared/contract/errors.ts';
import { trpc } from '../../api/client.ts';
import { toAppError } from '../../api/errors.ts';
import { Button, Field, Input, Notice, PasswordInput, Screen } from '../../ui/index.ts';
import { BackToWorkspace } from '../arrival/index.ts';
import {
  type ConnectErrors,
  type ConnectValues,
  checkConnect,
  connectErrorsOf,
  NO_VALUES,
  toConnectInput,
} from './connectForm.ts';
import { enterDesk } from './useInstall.ts';

function useConnect(setupCode: string) {
  const [values, setValues] = useState<ConnectValues>({ ...NO_VALUES, setupCode });
  const [errors, setErrors] = useState<ConnectErrors>({});
  const [problem, setProblem] = useState<AppError | null>(null);
  const [asksCode, setAsksCode] = useState(false);
  const connect = useMutation(
    trpc.system.connect.mutationOptions({
      onSuccess: ({ viewer, missing }) => (missing.length === 0 ? enterDesk(viewer) : undefined),
      onError: (error) => {
        const refusal = toAppError(error);
        const beside = connectErrorsOf(refusal);
        if (refusal.field === 'code') setAsksCode(true);
        setErrors(beside ?? {});
        setProblem(beside ? null : refusal);
      },
    }),
  );
  return {
    ...{ values, errors, problem, asksCode },
    isBusy: connect.isPending,
    done: connect.data,
    set: (changed: Partial<ConnectValues>) => {
      setValues((before) => ({ ...before, ...changed }));
      const corrected = Object.keys(changed);
      setErrors((before) =>
        Object.fromEntries(Object.entries(before).filter(([field]) => !corrected.includes(field))),
      );
    },
    submit: () => {
      const found = checkConnect(values);
      setErrors(found);
      setProblem(null);
      if (Object.keys(found).length === 0) connect.mutate(toConnectInput(values));
    },
  };
}
type Connect = ReturnType<typeof useConnect>;

/** The desk becomes the mirror of a HelpDeskZ elsewhere. */
export function ConnectScreen({ setupCode, onBack }: { setupCode: string; onBack: () => void }) {
  const run = useConnect(setupCode);
  const done = run.done;
  if (done && done.missing.length > 0) {
    return <MissingPermissions missing={done.missing} onOpen={() => void enterDesk(done.viewer)} />;
  }
  return (
    <Screen
      above={<BackToWorkspace />}
      title="Connect to a HelpDeskZ"
      lead="This desk mirrors it, works without a network, and sends what you did when it is there again."
    >
      <form
        noValidate
        aria-label="Connect to a HelpDeskZ"
        onSubmit={(event) => {
          event.preventDefault();
          run.submit();
        }}
      >
        <div className="flex flex-col gap-5">
          <ServerFields run={run} />
          <AccountFields run={run} />
        </div>
        {run.problem && (
          <div className="mt-5">
            <Notice tone="danger">{run.problem.message}</Notice>
          </div>
        )}
        <div className="mt-7 flex items-center gap-2">
          <Button variant="ghost" onClick={onBack} disabled={run.isBusy} className="-ml-3">
            Back
          </Button>
          <Button type="submit" variant="primary" className="ml-auto" isBusy={run.isBusy}>
            Connect
          </Button>
        </div>
      </form>
    </Screen>
  );
}

function TextField({
  run,
  name,
  label,
  help,
  isFirst = false,
  placeholder,
}: {
  run: Connect;
  name: keyof ConnectValues;
  label: string;
  help?: ReactNode;
  isFirst?: boolean;
  placeholder?: string;
}) {
  return (
    <Field label={label} help={help} error={run.errors[name]}>
      <Input
        autoFocus={isFirst}
        value={run.values[name]}
        placeholder={placeholder}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => run.set({ [name]: event.target.value })}
      />
    </Field>
  );
}

function SecretField({
  run,
  name,
  label,
  help,
  autoComplete,
}: {
  run: Connect;
  name: 'token' | 'password';
  label: string;
  help: string;
  autoComplete: 'off' | 'current-password';
}) {
  return (
    <Field label={label} help={help} error={run.errors[name]}>
      <PasswordInput
        value={run.values[name]}
        autoComplete={autoComplete}
        onChange={(event) => run.set({ [name]: event.target.value })}
      />
    </Field>
  );
}

function ServerFields({ run }: { run: Connect }) {
  return (
    <>
      <TextField
        run={run}
        name="url"
        label="Address"
        placeholder="https://help.example.com"
        help="Of the helpdesk’s own site, without /api."
        isFirst
      />
      <SecretField
        run={run}
        name="token"
        label="API token"
        help="An administrator makes one in the HelpDeskZ, under API tokens. It is kept sealed."
        autoComplete="off"
      />
    </>
  );
}

function AccountFields({ run }: { run: Connect }) {
  const needsSetupCode = useQuery(trpc.system.status.queryOptions()).data?.needsSetupCode ?? false;
  return (
    <>
      <TextField
        run={run}
        name="username"
        label="Your user name there"
        help="Replies you write carry the name of this account."
      />
      <SecretField
        run={run}
        name="password"
        label="Your password there"
        help="Asked for once. The same password opens this desk afterwards, also without a network."
        autoComplete="current-password"
      />
      {run.asksCode && (
        <TextField
          run={run}
          name="code"
          label="Code of your second factor"
          help="Of the account on the server, from your authenticator."
        />
      )}
      {needsSetupCode && (
        <TextField
          run={run}
          name="setupCode"
          label="Setup code"
          help="Printed on the terminal where Staffdesk was started."
        />
      )}
    </>
  );
}

/** Connected, but some of what people do here will be refused there: by name, for whoever can tick it. */
function MissingPermissions({ missing, onOpen }: { missing: readonly string[]; onOpen: () => void }) {
  return (
    <Screen
      title="Connected, with less than everything"
      lead="The API token lacks these permissions. What needs them will be refused by the server until its administrator ticks them."
    >
      <ul aria-label="Missing permissions" className="list-disc pl-5">
        {missing.map((permission) => (
          <li key={permission}>{permission}</li>
        ))}
      </ul>
      <Button variant="primary" className="mt-7" onClick={onOpen} autoFocus>
        Open the desk
      </Button>
    </Screen>
  );
}
