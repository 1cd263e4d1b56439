import type { ReactNode } from 'react';
import type { DeskSettings } from '../../../../shared/contract/desk.ts';
import type { Dialect } from '../../../../shared/contract/dialects.ts';
import { Badge, Checkbox, Field, Notice, NumberInput } from '../../../ui/index.ts';
import { SaveLine } from '../SaveLine.tsx';
import { useSettingsForm } from '../useSettingsForm.ts';
import { DIALECT_RULES } from './dialectForm.ts';

/** The frame of one system: its name, whether it is answered, and what that means. */
export function DialectFrame({
  name,
  isOn,
  state = isOn ? 'On' : 'Off',
  lead,
  children,
}: {
  name: string;
  isOn: boolean;
  state?: string;
  lead: string;
  children: ReactNode;
}) {
  return (
    <section aria-label={name} className="flex flex-col gap-4 rounded-md border border-line p-3.5">
      <div>
        <div className="flex items-center gap-2">
          <h4 className="font-medium">{name}</h4>
          <Badge tone={isOn ? 'accent' : 'plain'}>{state}</Badge>
        </div>
        <p className="text-faint text-small">{lead}</p>
      </div>
      {children}
    </section>
  );
}

/** What is set for one system; its line and its key follow when it is on. */
export function DialectForm({
  dialect,
  saved,
  name,
  minutes,
  extra,
}: {
  dialect: Dialect;
  saved: DeskSettings;
  name: string;
  minutes: { label: string; help?: string };
  extra: { label: string; help: string };
}) {
  const form = useSettingsForm(DIALECT_RULES[dialect], saved);
  return (
    <form
      noValidate
      aria-label={`Settings of ${name}`}
      onSubmit={form.submit}
      className="flex flex-col gap-4"
    >
      <Checkbox
        checked={form.values.isOn}
        onCheckedChange={(isOn) => form.set({ isOn })}
        label={`Answer clients of ${name}`}
        help="While this is off their address does not exist. Switching it off ends their sessions."
      />
      {(form.values.isOn || form.errors.minutes) && (
        <>
          <Field label={minutes.label} help={minutes.help} error={form.errors.minutes}>
            <NumberInput
              unit="minutes"
              value={form.values.minutes}
              onChange={(event) => form.set({ minutes: event.target.value })}
            />
          </Field>
          <Checkbox
            checked={form.values.isExtra}
            onCheckedChange={(isExtra) => form.set({ isExtra })}
            label={extra.label}
            help={extra.help}
          />
        </>
      )}
      {form.problem && <Notice tone="danger">Not saved. {form.problem}</Notice>}
      <SaveLine form={form} />
    </form>
  );
}
