import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { SyncStatus } from '../../../../shared/contract/sync.ts';
import { trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, Dialog, Field, Input, Notice, PasswordInput } from '../../../ui/index.ts';
import { outboxNumbers } from '../../sync/index.ts';
import { Part } from '../Part.tsx';

/** The way out: nothing is exchanged any more, and the token is forgotten. */
export function Disconnect({ status }: { status: SyncStatus }) {
  const [isAsking, setAsking] = useState(false);
  const disconnect = useMutation(trpc.sync.disconnect.mutationOptions({ onSuccess: () => setAsking(false) }));
  const waiting = outboxNumbers(status.outbox).total;
  return (
    <Part
      title="Disconnect"
      lead="Stops syncing and forgets the token. Everything that is here can still be read, with the password you sign in with now."
    >
      <Button variant="danger" className="self-start" onClick={() => setAsking(true)}>
        Disconnect…
      </Button>
      <Dialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Disconnect from ${new URL(status.url).host}?`}
        description={
          waiting === 0
            ? 'Nothing waits to be sent. To go on later, you need an API token again.'
            : `${waiting === 1 ? '1 operation has' : `${waiting} operations have`} not reached the server. What waits is kept here and goes out when this desk is connected to the same server again; nobody there sees it until then.`
        }
        width="small"
        footer={
          <>
            <Button onClick={() => setAsking(false)}>Stay connected</Button>
            <Button
              variant="danger"
              isBusy={disconnect.isPending}
              onClick={() => disconnect.mutate({ force: waiting > 0 })}
            >
              {waiting === 0 ? 'Disconnect' : 'Disconnect anyway'}
            </Button>
          </>
        }
      >
        {disconnect.error && <Notice tone="danger">{toAppError(disconnect.error).message}</Notice>}
      </Dialog>
    </Part>
  );
}

const FIELDS = ['token', 'password', 'code'] as const;
type Values = Record<(typeof FIELDS)[number], string>;

function useReconnect() {
  const [values, setValues] = useState<Values>({ token: '', password: '', code: '' });
  const connect = useMutation(trpc.sync.reconnect.mutationOptions());
  const refusal = connect.error ? toAppError(connect.error) : null;
  const isBeside = FIELDS.some((field) => field === refusal?.field);
  const errorOf = (field: keyof Values) => (refusal?.field === field ? refusal.message : undefined);
  return {
    values,
    errorOf,
    problem: refusal && !isBeside ? refusal.message : null,
    asksCode: values.code !== '' || refusal?.field === 'code',
    isBusy: connect.isPending,
    set: (changed: Partial<Values>) => {
      setValues((before) => ({ ...before, ...changed }));
      if (!('code' in changed)) connect.reset();
    },
    submit: (event: FormEvent) => {
      event.preventDefault();
      const { token, password, code } = values;
      connect.mutate({ token: token.trim(), password, ...(code === '' ? {} : { code }) });
    },
  };
}

/** A disconnected desk goes on where it was: the same server, a token, and the password once more. */
export function Reconnect({ status }: { status: SyncStatus }) {
  const form = useReconnect();
  const { values, set, errorOf } = form;
  const isFilled = values.token.trim() !== '' && values.password !== '';
  return (
    <Part
      title="Connect again"
      lead={`To ${new URL(status.url).host}, as ${status.username}. It goes on where it was; what waits goes out.`}
    >
      <form noValidate aria-label="Connect again" onSubmit={form.submit} className="flex flex-col gap-4">
        <Field label="API token" error={errorOf('token')}>
          <PasswordInput
            value={values.token}
            autoComplete="off"
            onChange={(event) => set({ token: event.target.value })}
          />
        </Field>
        <Field label="Your password there" error={errorOf('password')}>
          <PasswordInput
            value={values.password}
            autoComplete="current-password"
            onChange={(event) => set({ password: event.target.value })}
          />
        </Field>
        {form.asksCode && (
          <Field label="Code of your second factor" error={errorOf('code')}>
            <Input
              value={values.code}
              autoComplete="one-time-code"
              onChange={(event) => set({ code: event.target.value })}
            />
          </Field>
        )}
        {form.problem && <Notice tone="danger">{form.problem}</Notice>}
        <Button
          type="submit"
          variant="primary"
          isBusy={form.isBusy}
          disabled={!isFilled}
          className="self-start"
        >
          Connect
        </Button>
      </form>
    </Part>
  );
}
