import { useMutation } from '@tanstack/react-query';
import { CircleCheck, CircleDashed, CircleX, PlugZap } from 'lucide-react';
import { useState } from 'react';
import type { SourceStep } from '../../../../shared/contract/sources.ts';
import type { SourceId } from '../../../../shared/model/ids.ts';
import { trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, classes, Field, Icon, Input, Notice, PasswordInput } from '../../../ui/index.ts';
import { errorsOf, type SourceErrors, type SourceValues } from './sourceForm.ts';

const STEP_NAMES: Readonly<Record<SourceStep['step'], string>> = {
  resolve: 'Find the address',
  connect: 'Connect',
  tls: 'Check the certificate',
  call: 'Ask',
  parse: 'Understand the answer',
};
const MARKS = {
  ok: { icon: CircleCheck, look: 'text-answered-ink', word: 'fine' },
  failed: { icon: CircleX, look: 'text-danger-ink', word: 'failed' },
  skipped: { icon: CircleDashed, look: 'text-faint', word: 'skipped' },
} as const;

function StepLine({ step: { step, state, text, wayOut } }: { step: SourceStep }) {
  const { icon, look, word } = MARKS[state];
  return (
    <li className="flex items-start gap-2.5 px-3.5 py-2">
      <Icon of={icon} className={classes('mt-px', look)} />
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <p className={classes('font-medium', state === 'skipped' && 'text-faint')}>
          {STEP_NAMES[step]} <span className="sr-only">{word}</span>
        </p>
        <p className="text-small text-soft">{text}</p>
        {wayOut !== '' && <p className="text-small">{wayOut}</p>}
      </div>
    </li>
  );
}

type Typed = { username: string; password: string; code: string };

function TypedFields({ typed, set }: { typed: Typed; set: (changed: Partial<Typed>) => void }) {
  return (
    <div className="grid grid-cols-3 gap-3 max-[859px]:grid-cols-1">
      <Field label="User name there" isOptional>
        <Input
          value={typed.username}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => set({ username: event.target.value })}
        />
      </Field>
      <Field label="Password there" isOptional>
        <PasswordInput
          value={typed.password}
          autoComplete="off"
          onChange={(event) => set({ password: event.target.value })}
        />
      </Field>
      <Field label="Second factor" isOptional>
        <Input
          value={typed.code}
          autoComplete="off"
          inputMode="numeric"
          onChange={(event) => set({ code: event.target.value })}
        />
      </Field>
    </div>
  );
}

/** Walks to the other system with what the form holds now, and shows each step with the way out. */
export function SourceTest({
  sourceId,
  values,
  check,
  onErrors,
}: {
  sourceId: SourceId | null;
  values: SourceValues;
  /** False when the form has something wrong, which it then shows. */
  check: () => boolean;
  onErrors: (errors: SourceErrors) => void;
}) {
  const [typed, setTyped] = useState<Typed>({ username: '', password: '', code: '' });
  const { mutate, data, error, isPending } = useMutation(
    trpc.sources.test.mutationOptions({
      onError: (failure) => onErrors(errorsOf(toAppError(failure)) ?? {}),
    }),
  );
  const failure = error ? toAppError(error) : null;
  return (
    <form
      noValidate
      aria-label="Test"
      onSubmit={(event) => {
        event.preventDefault();
        if (check()) mutate({ ...values, ...typed, sourceId });
      }}
      className="flex flex-col gap-4 rounded-md border border-line p-4"
    >
      <p className="text-soft">
        Without a user name the test shows whether the system is reached and takes the key; with one also
        whose account that is here. Nothing of it is kept, and nobody is added.
      </p>
      <TypedFields typed={typed} set={(changed) => setTyped((before) => ({ ...before, ...changed }))} />
      <Button type="submit" icon={PlugZap} isBusy={isPending} className="self-start">
        Test the connection
      </Button>
      {failure && !errorsOf(failure) && <Notice tone="danger">{failure.message}</Notice>}
      <div aria-live="polite" className="empty:hidden">
        {data && !isPending && (
          <ol aria-label="Steps" className="divide-y divide-line rounded-md border border-line">
            {data.steps.map((step) => (
              <StepLine key={step.step} step={step} />
            ))}
          </ol>
        )}
      </div>
    </form>
  );
}
