import { useQuery } from '@tanstack/react-query';
import type { DeskSettings } from '../../../../shared/contract/desk.ts';
import { trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, ErrorState, Notice, Skeleton } from '../../../ui/index.ts';
import { ABOARD_KEYS, MegabytesField, openAboard } from '../../aboard/index.ts';
import { Part } from '../Part.tsx';
import { SaveLine } from '../SaveLine.tsx';
import { useSettingsForm } from '../useSettingsForm.ts';
import { AHEAD_RULES } from './aheadForm.ts';

function Budget({ saved }: { saved: DeskSettings }) {
  const form = useSettingsForm(AHEAD_RULES, saved);
  const { values, errors, set } = form;
  return (
    <form
      noValidate
      aria-label="Attachments on this desk"
      onSubmit={form.submit}
      className="flex flex-col gap-4"
    >
      <MegabytesField
        label="Keep attachments of open tickets on this desk, up to"
        help="The newest are fetched after each sync; older ones and those of closed tickets make room, as long as the server still has them. What somebody fetched by opening it, and what was written here, stays. 0: nothing is fetched before it is opened."
        error={errors.megabytes}
        value={values.megabytes}
        onChange={(megabytes) => set({ megabytes })}
      />
      {form.problem && <Notice tone="danger">Not saved. {form.problem}</Notice>}
      <SaveLine form={form} />
    </form>
  );
}

/** What lies on this desk before somebody opens it: a standing budget; a journey has a screen of its own. */
export function AheadPart() {
  const { data, error, refetch } = useQuery(trpc.settings.get.queryOptions());
  return (
    <Part
      title="Attachments on this desk"
      lead="Tickets and messages come by themselves. An attachment is on the server until somebody opens it."
      action={
        <Button keys={ABOARD_KEYS} onClick={openAboard}>
          Take with me
        </Button>
      }
    >
      {error ? (
        <ErrorState error={toAppError(error)} onRetry={() => void refetch()} />
      ) : data ? (
        <Budget saved={data} />
      ) : (
        <Skeleton className="h-24" />
      )}
    </Part>
  );
}
