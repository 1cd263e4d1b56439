import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Viewer } from '../../../shared/contract/desk.ts';
import type { AppError } from '../../../shared/contract/errors.ts';
import { queryClient, trpc } from '../../api/client.ts';
import { toAppError } from '../../api/errors.ts';
import { ownTimeZone } from '../../ui/index.ts';
import {
  checkValues,
  errorsOf,
  type FieldErrors,
  type FirstRunValues,
  OFFERED_DEPARTMENTS,
  STEPS,
  type Step,
  stepOf,
  toInstallInput,
} from './firstRunForm.ts';

const DEMO_TICKETS = 2000;

/** The desk is ready and we are signed in: the window moves on by itself. */
export async function enterDesk(viewer: Viewer): Promise<void> {
  queryClient.setQueryData(trpc.session.me.queryKey(), { viewer });
  await queryClient.invalidateQueries({ queryKey: trpc.system.status.queryKey() });
}

export type FirstRun = {
  step: Step;
  values: FirstRunValues;
  errors: FieldErrors;
  /** What went wrong and belongs to no field. */
  problem: AppError | null;
  isBusy: boolean;
  isDemoBusy: boolean;
  demo: { password: string; open: () => void } | null;
  set: (values: Partial<FirstRunValues>) => void;
  back: () => void;
  next: () => void;
  tryDemo: () => void;
};

/** The wizard: what was typed, which step is shown, and the one call at the end. */
export function useInstall(): FirstRun {
  const [step, setStep] = useState<Step>('checks');
  const [values, setValues] = useState<FirstRunValues>(() => ({
    siteName: '',
    timeZone: ownTimeZone(),
    username: '',
    name: '',
    email: '',
    password: '',
    departments: OFFERED_DEPARTMENTS,
    code: '',
  }));
  const [errors, setErrors] = useState<FieldErrors>({});
  const [problem, setProblem] = useState<AppError | null>(null);

  const showErrors = (found: FieldErrors) => {
    setErrors(found);
    const wrong = stepOf(found);
    if (wrong) setStep(wrong);
  };
  const onError = (error: unknown) => {
    const refusal = toAppError(error);
    const beside = errorsOf(refusal);
    if (beside) showErrors(beside);
    else setProblem(refusal);
  };
  const install = useMutation(
    trpc.system.install.mutationOptions({ onSuccess: ({ viewer }) => enterDesk(viewer), onError }),
  );
  const demo = useMutation(trpc.system.installDemo.mutationOptions({ onError }));

  const next = () => {
    const found = checkValues(values, step);
    setProblem(null);
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    const following = STEPS[STEPS.indexOf(step) + 1];
    if (following) setStep(following);
    else install.mutate(toInstallInput(values));
  };
  const code = values.code.trim();
  const made = demo.data;
  return {
    step,
    values,
    errors,
    problem,
    isBusy: install.isPending,
    isDemoBusy: demo.isPending,
    demo: made ? { password: made.password, open: () => void enterDesk(made.viewer) } : null,
    set: (changed) => {
      setValues((before) => ({ ...before, ...changed }));
      // An error is about what stood there before.
      const corrected = Object.keys(changed);
      setErrors((before) =>
        Object.fromEntries(Object.entries(before).filter(([field]) => !corrected.includes(field))),
      );
    },
    back: () => setStep(STEPS[STEPS.indexOf(step) - 1] ?? 'checks'),
    next,
    tryDemo: () => {
      setProblem(null);
      demo.mutate({ tickets: DEMO_TICKETS, ...(code === '' ? {} : { code }) });
    },
  };
}
