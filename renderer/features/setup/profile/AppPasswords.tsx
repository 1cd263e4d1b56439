import { useMutation, useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import type { AppPassword } from '../../../../shared/contract/dialects.ts';
import { queryClient, trpc } from '../../../api/client.ts';
import { useViewer } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import {
  Button,
  ErrorState,
  Field,
  Icon,
  Input,
  Notice,
  PasswordInput,
  RelativeTime,
  Skeleton,
} from '../../../ui/index.ts';
import { showToast } from '../../toasts/index.ts';
import { ShownOnce } from '../staff/ShownOnce.tsx';
import { refusalOf } from './profileForm.ts';

const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.appPasswords.list.queryKey() });

type Made = { name: string; password: string };

function NewAppPassword({ onMade, onClose }: { onMade: (made: Made) => void; onClose: () => void }) {
  const [values, setValues] = useState({ name: '', currentPassword: '' });
  const create = useMutation(
    trpc.appPasswords.create.mutationOptions({
      onSuccess: ({ password }) => {
        void refresh();
        onMade({ name: values.name.trim(), password });
      },
    }),
  );
  const refusal = create.error ? toAppError(create.error) : null;
  const errors = (refusal && refusalOf(refusal, ['name', 'currentPassword'])) ?? {};
  const isNamed = values.name.trim() !== '';
  const set = (changed: Partial<typeof values>) => {
    setValues((before) => ({ ...before, ...changed }));
    create.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isNamed) create.mutate(values);
  };
  return (
    <form noValidate aria-label="New app password" onSubmit={submit} className="flex flex-col gap-5">
      <Field label="Name of the app password" help="After what will use it, «phone» say." error={errors.name}>
        <Input
          autoFocus
          maxLength={100}
          value={values.name}
          onChange={(event) => set({ name: event.target.value })}
        />
      </Field>
      <Field label="Your password" error={errors.currentPassword}>
        <PasswordInput
          value={values.currentPassword}
          autoComplete="current-password"
          onChange={(event) => set({ currentPassword: event.target.value })}
        />
      </Field>
      {refusal && Object.keys(errors).length === 0 && <Notice tone="danger">{refusal.message}</Notice>}
      <div className="flex gap-2">
        <Button
          type="submit"
          variant="primary"
          isBusy={create.isPending}
          disabled={!isNamed || values.currentPassword === ''}
        >
          Make it
        </Button>
        <Button variant="ghost" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function Line({ item, onRemove }: { item: AppPassword; onRemove: () => void }) {
  const timeZone = useViewer()?.timeZone;
  return (
    <li className="flex items-center gap-3 px-3.5 py-2.5">
      <Icon of={KeyRound} className="text-faint" />
      <div className="min-w-0 flex-1">
        <p className="truncate">{item.name}</p>
        <p className="truncate text-faint text-small">
          {item.lastUsedAt === null ? (
            <>
              Never used, made <RelativeTime at={item.createdAt} timeZone={timeZone} />
            </>
          ) : (
            <>
              Last used <RelativeTime at={item.lastUsedAt} timeZone={timeZone} /> from {item.lastUsedAddress}
            </>
          )}
        </p>
      </div>
      <Button size="small" aria-label={`Remove the app password ${item.name}`} onClick={onRemove}>
        Remove
      </Button>
    </li>
  );
}

function List({ items }: { items: readonly AppPassword[] }) {
  const remove = useMutation(
    trpc.appPasswords.remove.mutationOptions({
      onSuccess: async () => {
        await refresh();
        await queryClient.invalidateQueries({ queryKey: trpc.profile.sessions.queryKey() });
      },
      onError: (error) => showToast({ text: toAppError(error).message, tone: 'danger' }),
    }),
  );
  if (items.length === 0) return null;
  return (
    <ul aria-label="App passwords" className="divide-y divide-line rounded-md border border-line">
      {items.map((item) => (
        <Line key={item.id} item={item} onRemove={() => remove.mutate({ id: item.id })} />
      ))}
    </ul>
  );
}

/** Passwords for programs that have no field for a second factor. */
export function AppPasswords() {
  const { data, error, refetch } = useQuery(trpc.appPasswords.list.queryOptions());
  const [isAdding, setAdding] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const add = useRef<HTMLButtonElement>(null);
  const close = () => {
    setAdding(false);
    setMade(null);
    setTimeout(() => add.current?.focus());
  };
  if (error) return <ErrorState error={toAppError(error)} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-14" />;
  return (
    <>
      <p className="text-soft">
        For programs made for Forma LMS or Faveo, which can’t ask for the code of two-step sign-in. They work
        nowhere else, and end when you change your password.
      </p>
      <List items={data.appPasswords} />
      {made && (
        <ShownOnce
          title={`App password «${made.name}»`}
          label="App password"
          value={made.password}
          help="Type it where the program asks for your password. It is not kept and can’t be shown again."
          onDone={close}
        />
      )}
      {isAdding && !made && <NewAppPassword onMade={setMade} onClose={close} />}
      {!isAdding && (
        <Button ref={add} onClick={() => setAdding(true)} className="self-start">
          New app password
        </Button>
      )}
    </>
  );
}
