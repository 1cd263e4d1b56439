import { useMutation } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { AppError } from '../../../shared/contract/errors.ts';
import type { OfferedSource } from '../../../shared/contract/sources.ts';
import { trpc } from '../../api/client.ts';
import { toAppError } from '../../api/errors.ts';
import { Button, Field, Input, Notice, PasswordInput } from '../../ui/index.ts';
import { CaptchaField } from './CaptchaField.tsx';
import { CodeField } from './CodeField.tsx';
import { enter } from './enter.ts';
import { afterRefusal, FIRST_STEP, factOf, type SourceStep } from './sourceSteps.ts';

const EMPTY = { username: '', password: '', code: '', captcha: '' };

function useSourceSignIn({ id: sourceId }: OfferedSource) {
  const [typed, setTyped] = useState(EMPTY);
  const [step, setStep] = useState<SourceStep>(FIRST_STEP);
  const [refusal, setRefusal] = useState<AppError | null>(null);
  const options = {
    onSuccess: enter,
    onError: (failure: unknown) => {
      const error = toAppError(failure);
      const next = afterRefusal(step, error);
      setRefusal(error);
      setStep(next);
      // Each works once; a code that a captcha came before was not looked at.
      const isCodeUnused = error.code === 'source_captcha';
      setTyped((before) => ({ ...before, code: isCodeUnused ? before.code : '', captcha: '' }));
    },
  };
  const signIn = useMutation(trpc.sources.signIn.mutationOptions(options));
  const finish = useMutation(trpc.sources.finishSignIn.mutationOptions(options));
  return {
    typed,
    step,
    refusal,
    isBusy: signIn.isPending || finish.isPending,
    set: (changed: Partial<typeof EMPTY>) => setTyped((before) => ({ ...before, ...changed })),
    submit: (event: FormEvent) => {
      event.preventDefault();
      if (step.pending !== null) finish.mutate({ pending: step.pending, code: typed.code.trim() });
      else signIn.mutate({ ...typed, sourceId, captchaId: step.captcha?.id ?? '' });
    },
  };
}

/** What this desk says, and below it the other system's own words. */
function Refusal({ error }: { error: AppError }) {
  const words = factOf(error, 'serverMessage');
  return (
    <Notice tone="danger">
      {error.message}
      {words !== '' && <p className="mt-1 text-small [overflow-wrap:anywhere]">It says: “{words}”</p>}
    </Notice>
  );
}

type Form = ReturnType<typeof useSourceSignIn>;

function Credentials({ form: { typed, set }, source }: { form: Form; source: OfferedSource }) {
  return (
    <>
      <Field label="User name" help={`As ${source.name} knows you.`}>
        <Input
          autoFocus
          value={typed.username}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => set({ username: event.target.value })}
        />
      </Field>
      <Field label="Password">
        <PasswordInput
          value={typed.password}
          autoComplete="current-password"
          onChange={(event) => set({ password: event.target.value })}
        />
      </Field>
    </>
  );
}

function Further({ form, source }: { form: Form; source: OfferedSource }) {
  const { typed, set, step, refusal } = form;
  const own = refusal?.code === 'two_factor_wrong' ? refusal.message : null;
  const theirs = refusal?.code === 'source_code_wrong' ? refusal.message : null;
  if (step.pending !== null) {
    return (
      <>
        <p className="text-soft">{source.name} said yes. This desk asks for its own second factor, too.</p>
        <CodeField code={typed.code} onCode={(code) => set({ code })} error={own} />
      </>
    );
  }
  return (
    <>
      {step.needsCode && (
        <Field label={`Second factor of ${source.name}`} help="The code that it asks for." error={theirs}>
          <Input
            autoFocus
            value={typed.code}
            autoComplete="one-time-code"
            onChange={(event) => set({ code: event.target.value })}
          />
        </Field>
      )}
      {step.captcha && (
        <CaptchaField captcha={step.captcha} value={typed.captcha} onValue={(captcha) => set({ captcha })} />
      )}
    </>
  );
}

/** Signing in with an account of another system: its second factor and captcha, then this desk's second factor. */
export function SourceSignIn({ source, onBack }: { source: OfferedSource; onBack: () => void }) {
  const form = useSourceSignIn(source);
  const { typed, step, refusal } = form;
  const isShown = refusal && !step.isAsked;
  return (
    <form noValidate onSubmit={form.submit} className="flex flex-col gap-5">
      {isShown && <Refusal error={refusal} />}
      {step.pending === null && <Credentials form={form} source={source} />}
      <Further form={form} source={source} />
      <div className="mt-1 flex items-center justify-between gap-2">
        <Button
          type="submit"
          variant="primary"
          isBusy={form.isBusy}
          disabled={typed.username.trim() === '' || typed.password === ''}
        >
          Sign in
        </Button>
        <Button variant="ghost" icon={ArrowLeft} onClick={onBack}>
          Other ways to sign in
        </Button>
      </div>
    </form>
  );
}
