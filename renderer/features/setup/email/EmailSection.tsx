import { useQuery } from '@tanstack/react-query';
import type { DeskSettings } from '../../../../shared/contract/desk.ts';
import type { SwitchedTemplate } from '../../../../shared/contract/mail.ts';
import { LIMITS } from '../../../../shared/limits.ts';
import { trpc } from '../../../api/client.ts';
import { useSyncStatus, useViewer } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import { Checkbox, ErrorState, Notice, Skeleton } from '../../../ui/index.ts';
import { SaveLine } from '../SaveLine.tsx';
import type { SettingsRules } from '../settingsForm.ts';
import { useSettingsForm } from '../useSettingsForm.ts';

type EmailValues = Pick<DeskSettings, 'mailTemplatesOn'>;

const RULES: SettingsRules<EmailValues> = {
  name: 'email',
  valuesOf: ({ mailTemplatesOn }) => ({ mailTemplatesOn: [...mailTemplatesOn].sort() }),
  settingsOf: ({ mailTemplatesOn }) => ({ mailTemplatesOn: [...mailTemplatesOn].sort() }),
  sentences: { mailTemplatesOn: 'Tick the mails that go out.' },
};

const SWITCHES: readonly { template: SwitchedTemplate; label: string; help: string }[] = [
  {
    template: 'new_user',
    label: 'Welcome',
    help: 'To a customer whom a script creates with notify=1. It names no password: customers have none.',
  },
  {
    template: 'new_ticket',
    label: 'Ticket received',
    help: 'To the customer of a ticket that a script opens with notify=1.',
  },
  {
    template: 'staff_ticketnotification',
    label: 'A customer wrote',
    help: 'To the staff of the department, when a customer’s message arrives.',
  },
];

function waitingText(count: number): string {
  if (count === 0) return 'No mail waits.';
  const capped = count > LIMITS.cappedCount;
  const many = capped ? `More than ${LIMITS.cappedCount}` : String(count);
  return count === 1 ? '1 mail waits.' : `${many} mails wait.`;
}

const NOT_YET =
  'This Staffdesk can’t send e-mail yet. Answers and notices are kept, and nothing of them is lost: they will be sent once e-mail is set up.';

function Waiting() {
  const { data, error, refetch } = useQuery(trpc.mail.outbox.queryOptions());
  if (error) return <ErrorState error={toAppError(error)} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-16" />;
  return (
    <Notice>
      <span className="font-medium">{waitingText(data.waiting)}</span> {NOT_YET}
    </Notice>
  );
}

function Switches({ saved, isAdmin, whyOff }: { saved: DeskSettings; isAdmin: boolean; whyOff: string }) {
  const form = useSettingsForm(RULES, saved);
  const { mailTemplatesOn } = form.values;
  const set = (template: SwitchedTemplate, isOn: boolean): void => {
    const others = mailTemplatesOn.filter((one) => one !== template);
    form.set({ mailTemplatesOn: (isOn ? [...others, template] : others).sort() });
  };
  return (
    <form noValidate onSubmit={form.submit}>
      <fieldset disabled={!isAdmin} className="flex min-w-0 flex-col gap-4">
        <legend className="mb-4 font-semibold text-heading">Mails you can switch off</legend>
        {SWITCHES.map(({ template, label, help }) => (
          <Checkbox
            key={template}
            checked={mailTemplatesOn.includes(template)}
            onCheckedChange={(isOn) => set(template, isOn)}
            label={label}
            help={help}
            disabled={!isAdmin}
          />
        ))}
        <p className="text-faint text-small">An answer of staff is always mailed to its customer.</p>
        {form.problem && <Notice tone="danger">Not saved. {form.problem}</Notice>}
        {isAdmin ? <SaveLine form={form} /> : <Notice>{whyOff}</Notice>}
      </fieldset>
    </form>
  );
}

/** What waits to be mailed, and which mails the desk writes. */
export function EmailSection() {
  const { data, error, refetch } = useQuery(trpc.settings.get.queryOptions());
  const isAdmin = useViewer()?.staff.role === 'admin';
  const isRemote = useSyncStatus() !== null;
  if (error) return <ErrorState error={toAppError(error)} onRetry={() => void refetch()} />;
  return (
    <div className="flex flex-col gap-6">
      {!isRemote && (isAdmin ? <Waiting /> : <Notice>{NOT_YET}</Notice>)}
      {data ? (
        <Switches
          saved={data}
          isAdmin={isAdmin && !isRemote}
          whyOff={
            isRemote ? 'The server decides which mails it writes.' : 'Only administrators can change these.'
          }
        />
      ) : (
        <Skeleton className="h-40" />
      )}
    </div>
  );
}
