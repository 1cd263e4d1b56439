import { useState } from 'react';
import { toAppError } from '../../../api/errors.ts';
import { Field, Input, PasswordInput } from '../../../ui/index.ts';
import { refusalOf } from './profileForm.ts';

type Asked = { code: string; currentPassword: string };

/** What someone proves themselves with before their sign-in changes. */
export function useProof(failure: unknown, reset: () => void) {
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

export function Proof({
  proof: { errors, asked, set },
  asksForCode,
}: {
  proof: ReturnType<typeof useProof>;
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
