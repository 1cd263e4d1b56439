import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { assertNever } from '../../../shared/util/assertNever.ts';
import { trpc } from '../../api/client.ts';
import {
  AccountFields,
  Button,
  Field,
  Input,
  Notice,
  PasswordInput,
  Screen,
  TimeZoneField,
} from '../../ui/index.ts';
import { BackToWorkspace, isToConnect } from '../arrival/index.ts';
import { AlreadyInstalled } from './AlreadyInstalled.tsx';
import { CheckList, useHasFailedCheck } from './CheckList.tsx';
import { ConnectScreen } from './ConnectScreen.tsx';
import { DemoReady } from './DemoReady.tsx';
import { DepartmentsField } from './DepartmentsField.tsx';
import type { Step } from './firstRunForm.ts';
import { StepMarks } from './StepMarks.tsx';
import { type FirstRun, useInstall } from './useInstall.ts';

const TITLES: Record<Step, { title: string; lead: string }> = {
  checks: {
    title: 'Welcome to Staffdesk',
    lead: 'A complete helpdesk on this machine. First, what it needs from here:',
  },
  desk: {
    title: 'Name the desk',
    lead: 'Customers read the name in every answer. Both can be changed later.',
  },
  admin: { title: 'Your account', lead: 'The first account may change everything on the desk.' },
  departments: {
    title: 'Departments',
    lead: 'Where tickets are sorted into. Start with these, or with your own.',
  },
};

function CodeField({ run }: { run: FirstRun }) {
  const { data } = useQuery(trpc.system.status.queryOptions());
  if (!data?.needsSetupCode) return null;
  return (
    <Field
      label="Setup code"
      help="This desk can be reached from other machines. The code is printed on the terminal where Staffdesk was started."
      error={run.errors.code}
      className="mt-5"
    >
      <Input
        value={run.values.code}
        autoComplete="one-time-code"
        spellCheck={false}
        onChange={(event) => run.set({ code: event.target.value })}
      />
    </Field>
  );
}

function ChecksStep({ run }: { run: FirstRun }) {
  return (
    <>
      <CheckList />
      <CodeField run={run} />
    </>
  );
}

function DeskStep({ run }: { run: FirstRun }) {
  const { values, errors, set } = run;
  return (
    <div className="flex flex-col gap-5">
      <Field label="Name of the desk" error={errors.siteName}>
        <Input
          autoFocus
          value={values.siteName}
          placeholder="Acme Support"
          autoComplete="organization"
          onChange={(event) => set({ siteName: event.target.value })}
        />
      </Field>
      <Field label="Time zone" help="For the times in answers and reports." error={errors.timeZone}>
        <TimeZoneField value={values.timeZone} onChange={(timeZone) => set({ timeZone })} />
      </Field>
    </div>
  );
}

function AdminStep({ run }: { run: FirstRun }) {
  const { values, errors, set } = run;
  return (
    <div className="flex flex-col gap-5">
      <AccountFields values={values} errors={errors} set={set} isOwn />
      <Field label="Password" help="At least 8 characters." error={errors.password}>
        <PasswordInput
          value={values.password}
          autoComplete="new-password"
          onChange={(event) => set({ password: event.target.value })}
        />
      </Field>
    </div>
  );
}

function StepFields({ run }: { run: FirstRun }): ReactNode {
  switch (run.step) {
    case 'checks':
      return <ChecksStep run={run} />;
    case 'desk':
      return <DeskStep run={run} />;
    case 'admin':
      return <AdminStep run={run} />;
    case 'departments':
      return (
        <DepartmentsField
          names={run.values.departments}
          error={run.errors.departments}
          onChange={(departments) => run.set({ departments })}
        />
      );
    default:
      return assertNever(run.step);
  }
}

function Buttons({ run, onConnect }: { run: FirstRun; onConnect: () => void }) {
  const hasFailedCheck = useHasFailedCheck();
  const isFirst = run.step === 'checks';
  const isWorking = run.isBusy || run.isDemoBusy;
  return (
    <div className="mt-7 flex items-center gap-2">
      {isFirst ? (
        <>
          <Button isBusy={run.isDemoBusy} disabled={hasFailedCheck} onClick={run.tryDemo}>
            Try the demo desk
          </Button>
          <Button disabled={isWorking || hasFailedCheck} onClick={onConnect}>
            Connect to a HelpDeskZ
          </Button>
        </>
      ) : (
        <Button variant="ghost" onClick={run.back} disabled={isWorking} className="-ml-3">
          Back
        </Button>
      )}
      <Button
        type="submit"
        variant="primary"
        className="ml-auto"
        isBusy={run.isBusy}
        disabled={isWorking || (isFirst && hasFailedCheck)}
      >
        {run.step === 'departments' ? 'Create the desk' : 'Continue'}
      </Button>
    </div>
  );
}

/** The first screen of a new desk: a few steps, the demo desk, or the mirror of a HelpDeskZ. */
export function FirstRunScreen() {
  const run = useInstall();
  const [isConnecting, setConnecting] = useState(isToConnect);
  if (run.problem?.code === 'already_installed') return <AlreadyInstalled error={run.problem} />;
  if (run.demo) return <DemoReady password={run.demo.password} onOpen={run.demo.open} />;
  if (isConnecting) {
    return <ConnectScreen setupCode={run.values.code} onBack={() => setConnecting(false)} />;
  }
  const { title, lead } = TITLES[run.step];
  return (
    <Screen
      title={title}
      lead={lead}
      above={
        <>
          <StepMarks step={run.step} />
          <BackToWorkspace />
        </>
      }
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          run.next();
        }}
      >
        <StepFields run={run} />
        {run.problem && (
          <div className="mt-5">
            <Notice tone="danger">{run.problem.message}</Notice>
          </div>
        )}
        <Buttons run={run} onConnect={() => setConnecting(true)} />
        {run.isDemoBusy && (
          <p role="status" className="mt-3 animate-late text-faint">
            Making customers, tickets and conversations. This takes a few seconds.
          </p>
        )}
      </form>
    </Screen>
  );
}
