import { useQuery } from '@tanstack/react-query';
import type { ChangeEvent } from 'react';
import type { DeskSettings } from '../../../../shared/contract/desk.ts';
import { LIMITS } from '../../../../shared/limits.ts';
import { trpc } from '../../../api/client.ts';
import { useViewer } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import {
  Checkbox,
  ErrorState,
  Field,
  Input,
  Notice,
  NumberInput,
  Select,
  Skeleton,
} from '../../../ui/index.ts';
import { Part } from '../Part.tsx';
import { SaveLine } from '../SaveLine.tsx';
import { useSettingsForm } from '../useSettingsForm.ts';
import { TICKETS_RULES, type TicketsValues } from './ticketsForm.ts';

const REPLY_ORDERS = [
  { value: 'desc', label: 'Newest first' },
  { value: 'asc', label: 'Oldest first' },
] as const;
const STAFF_FILE_MB = LIMITS.uploadBytes / (1024 * 1024);

type TicketsForm = ReturnType<typeof useSettingsForm<TicketsValues>>;
type TextField = Exclude<keyof TicketsValues, 'replyOrder' | 'attachmentsEnabled'>;

function TextInput({
  form,
  field,
  label,
  help,
  unit,
  disabled = false,
}: {
  form: TicketsForm;
  field: TextField;
  label: string;
  help?: string;
  /** What the number counts; none = it is a text. */
  unit?: string;
  disabled?: boolean;
}) {
  const control = {
    value: form.values[field],
    disabled,
    spellCheck: false,
    onChange: (event: ChangeEvent<HTMLInputElement>) => form.set({ [field]: event.target.value }),
  };
  return (
    <Field label={label} help={help} error={form.errors[field]}>
      {unit ? <NumberInput unit={unit} inputMode="decimal" {...control} /> : <Input {...control} />}
    </Field>
  );
}

function AttachmentFields({ form }: { form: TicketsForm }) {
  const isOff = !form.values.attachmentsEnabled;
  return (
    <Part
      title="Files that come through the API"
      lead="What scripts and website forms may attach. Each file is checked on its own, by its name and by what is in it."
    >
      <Checkbox
        checked={form.values.attachmentsEnabled}
        onCheckedChange={(attachmentsEnabled) => form.set({ attachmentsEnabled })}
        label="Accept files"
        help="While this is off files are left out; the text arrives."
      />
      <TextInput
        form={form}
        field="attachmentsPerMessage"
        label="Files per message"
        unit="files"
        help="Further files of a message are left out."
        disabled={isOff}
      />
      <TextInput form={form} field="maxMegabytes" label="Largest file" unit="MB" disabled={isOff} />
      <TextInput
        form={form}
        field="types"
        label="Types"
        help="Extensions, separated by commas. Empty: no file is accepted."
        disabled={isOff}
      />
      <Notice>
        Staff may attach files of any type here, {LIMITS.uploadsPerMessage} to a message and up to{' '}
        {STAFF_FILE_MB} MB each. Many mail servers refuse mails above 20 MB.
      </Notice>
    </Part>
  );
}

function ApiFields({ form, isAdmin }: { form: TicketsForm; isAdmin: boolean }) {
  return (
    <Part title="Lists in the API" lead="As HelpDeskZ has them. Lists on screen don’t depend on them.">
      <TextInput form={form} field="ticketsPage" label="Tickets per page" unit="tickets" />
      <TextInput form={form} field="repliesPage" label="Messages per page" unit="messages" />
      <Field
        label="Order of messages"
        help="The conversation on screen always reads downwards."
        error={form.errors.replyOrder}
      >
        <Select
          value={form.values.replyOrder}
          onValueChange={(order) => form.set({ replyOrder: order === 'asc' ? 'asc' : 'desc' })}
          options={REPLY_ORDERS}
          disabled={!isAdmin}
          className="max-w-60"
        />
      </Field>
    </Part>
  );
}

function TicketsFields({ saved, isAdmin }: { saved: DeskSettings; isAdmin: boolean }) {
  const form = useSettingsForm(TICKETS_RULES, saved);
  return (
    <form noValidate onSubmit={form.submit}>
      <fieldset disabled={!isAdmin} className="flex min-w-0 flex-col gap-6">
        {!isAdmin && <Notice>Only administrators can change these.</Notice>}
        <TextInput
          form={form}
          field="overdueHours"
          label="Overdue after"
          unit="hours"
          help="Since the last message, while somebody on the desk owes the next step."
        />
        <AttachmentFields form={form} />
        <ApiFields form={form} isAdmin={isAdmin} />
        {form.problem && <Notice tone="danger">Not saved. {form.problem}</Notice>}
        {isAdmin && <SaveLine form={form} />}
      </fieldset>
    </form>
  );
}

/** When tickets are overdue, which files come in, and how the API lists. */
export function TicketsSection() {
  const { data, error, refetch } = useQuery(trpc.settings.get.queryOptions());
  const isAdmin = useViewer()?.staff.role === 'admin';
  if (error) return <ErrorState error={toAppError(error)} onRetry={() => void refetch()} />;
  return data ? <TicketsFields saved={data} isAdmin={isAdmin} /> : <Skeleton className="h-96" />;
}
