import { useQuery } from '@tanstack/react-query';
import type { DeskSettings } from '../../../shared/contract/desk.ts';
import { trpc } from '../../api/client.ts';
import { useViewer } from '../../api/desk.ts';
import { toAppError } from '../../api/errors.ts';
import { ErrorState, Field, Input, Notice, Skeleton, TimeZoneField } from '../../ui/index.ts';
import { GENERAL_RULES } from './generalForm.ts';
import { SaveLine } from './SaveLine.tsx';
import { useSettingsForm } from './useSettingsForm.ts';

function GeneralForm({ saved, isAdmin }: { saved: DeskSettings; isAdmin: boolean }) {
  const form = useSettingsForm(GENERAL_RULES, saved);
  const { values, errors, set } = form;
  return (
    <form noValidate onSubmit={form.submit}>
      <fieldset disabled={!isAdmin} className="flex min-w-0 flex-col gap-6">
        {!isAdmin && <Notice>Only administrators can change these.</Notice>}
        <Field label="Name of the desk" help="Customers read it in every answer." error={errors.siteName}>
          <Input value={values.siteName} onChange={(event) => set({ siteName: event.target.value })} />
        </Field>
        <Field
          label="Address of the desk"
          help="Where customers and scripts reach it from outside. Stands in mails and API answers."
          error={errors.siteUrl}
          isOptional
        >
          <Input
            type="url"
            value={values.siteUrl}
            placeholder="https://help.example.org"
            spellCheck={false}
            onChange={(event) => set({ siteUrl: event.target.value })}
          />
        </Field>
        <Field label="Time zone" error={errors.timeZone}>
          <TimeZoneField value={values.timeZone} onChange={(timeZone) => set({ timeZone })} />
        </Field>
        {form.problem && <Notice tone="danger">Not saved. {form.problem}</Notice>}
        {isAdmin && <SaveLine form={form} />}
      </fieldset>
    </form>
  );
}

/** Name, address and time zone of the desk. */
export function GeneralSection() {
  const { data, error, refetch } = useQuery(trpc.settings.get.queryOptions());
  const isAdmin = useViewer()?.staff.role === 'admin';
  if (error) return <ErrorState error={toAppError(error)} onRetry={() => void refetch()} />;
  return data ? <GeneralForm saved={data} isAdmin={isAdmin} /> : <Skeleton className="h-80" />;
}
