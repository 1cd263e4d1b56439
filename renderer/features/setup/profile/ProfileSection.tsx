import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Profile } from '../../../../shared/contract/people.ts';
import { queryClient, trpc } from '../../../api/client.ts';
import { useSyncStatus } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import {
  Button,
  ErrorState,
  Field,
  Input,
  Notice,
  ownTimeZone,
  Skeleton,
  TimeZoneField,
} from '../../../ui/index.ts';
import { showToast } from '../../toasts/index.ts';
import { useFormEdits } from '../keptEdits.ts';
import { Part } from '../Part.tsx';
import { SaveLine } from '../SaveLine.tsx';
import { SessionList } from '../SessionList.tsx';
import { savedForm } from '../savedForm.ts';
import { AppPasswords } from './AppPasswords.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { PictureField } from './PictureField.tsx';
import { keepProfile, type ProfileValues, profileErrors, refusalOf } from './profileForm.ts';
import { SecondFactor } from './SecondFactor.tsx';
import { SignatureForm } from './SignatureForm.tsx';

const FIELDS = ['name', 'email', 'timeZone'] as const;

function useProfileForm(saved: Profile) {
  const { name, email, timeZone } = saved;
  const edits = useFormEdits<ProfileValues>('profile', { name, email, timeZone });
  const [errors, setErrors] = useState<Partial<ProfileValues>>({});
  const update = useMutation(
    trpc.profile.update.mutationOptions({
      onSuccess: (profile) => {
        keepProfile(profile);
        edits.forget();
      },
      onError: (error) => setErrors(refusalOf(toAppError(error), FIELDS) ?? {}),
    }),
  );
  const { values } = edits;
  const wrong = profileErrors(values);
  return savedForm({
    ...{ edits, errors, setErrors, update },
    clearErrors: () => setErrors({}),
    isDirty: FIELDS.some((field) => values[field] !== saved[field]),
    check: () => (Object.keys(wrong).length > 0 ? { ok: false, errors: wrong } : { ok: true, input: values }),
    refusalOf: (error) => refusalOf(error, FIELDS),
  });
}

function ProfileForm({ saved }: { saved: Profile }) {
  const form = useProfileForm(saved);
  const { values, errors, set } = form;
  const isRemote = useSyncStatus() !== null;
  const deskZone = useQuery(trpc.settings.get.queryOptions()).data?.timeZone ?? ownTimeZone();
  return (
    <form noValidate onSubmit={form.submit} aria-label="Profile" className="flex flex-col gap-6">
      <Field
        label="Name"
        help={isRemote ? 'The server’s: change it there.' : 'As customers see it.'}
        error={errors.name}
      >
        <Input
          readOnly={isRemote}
          value={values.name}
          autoComplete="name"
          onChange={(event) => set({ name: event.target.value })}
        />
      </Field>
      <Field
        label="E-mail"
        help={isRemote ? 'The server’s: change it there.' : undefined}
        error={errors.email}
      >
        <Input
          readOnly={isRemote}
          type="email"
          value={values.email}
          autoComplete="email"
          onChange={(event) => set({ email: event.target.value })}
        />
      </Field>
      <Field
        label="Time zone"
        help={values.timeZone === '' ? 'The desk’s own.' : 'For every time you see.'}
        error={errors.timeZone}
      >
        <div className="flex items-center gap-2">
          <TimeZoneField value={values.timeZone || deskZone} onChange={(timeZone) => set({ timeZone })} />
          {values.timeZone !== '' && (
            <Button variant="ghost" onClick={() => set({ timeZone: '' })}>
              The desk’s
            </Button>
          )}
        </div>
      </Field>
      {form.problem && <Notice tone="danger">Not saved. {form.problem}</Notice>}
      <SaveLine form={form} />
    </form>
  );
}

function OwnSessions() {
  const { data } = useQuery({ ...trpc.profile.sessions.queryOptions(), refetchOnMount: 'always' });
  const end = useMutation(
    trpc.profile.endSession.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.profile.sessions.queryKey() }),
      onError: (error) => showToast({ text: toAppError(error).message, tone: 'danger' }),
    }),
  );
  return <SessionList sessions={data?.sessions} onEnd={(sessionId) => end.mutate({ sessionId })} />;
}

/** What everyone changes about themselves. */
export function ProfileSection() {
  const { data, error, refetch } = useQuery(trpc.profile.get.queryOptions());
  const isRemote = useSyncStatus() !== null;
  if (error) return <ErrorState error={toAppError(error)} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-80" />;
  return (
    <div className="flex flex-col gap-8">
      <PictureField />
      <ProfileForm saved={data} />
      <Part title="Signature">
        <SignatureForm saved={data.signatureHtml} />
      </Part>
      <Part title="Password">
        {isRemote ? (
          <p className="text-soft">
            It is the one of your account on the server. Change it there; when you sign in the next time, this
            desk can ask the server about the new one.
          </p>
        ) : (
          <PasswordForm username={data.username} />
        )}
      </Part>
      <Part title="Two-step sign-in">
        <SecondFactor profile={data} />
      </Part>
      <Part title="App passwords">
        <AppPasswords />
      </Part>
      <Part title="Signed in at">
        <OwnSessions />
      </Part>
    </div>
  );
}
