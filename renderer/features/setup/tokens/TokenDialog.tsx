import { type FormEvent, useEffect, useId, useRef } from 'react';
import type { ApiToken } from '../../../../shared/contract/desk.ts';
import type { StaffId } from '../../../../shared/model/ids.ts';
import { useStaff } from '../../../api/desk.ts';
import { Button, Dialog, Field, Input, Notice, Select } from '../../../ui/index.ts';
import type { NewToken } from './NewTokenPanel.tsx';
import { PermissionGrid } from './PermissionGrid.tsx';
import { type TokenForm, withThisMachine } from './tokenForm.ts';
import { useTokenForm } from './useTokenForm.ts';

const ANYONE = 'anyone';

function IpListField({
  value,
  error,
  onChange,
}: {
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}) {
  return (
    <Field
      label="From these addresses only"
      error={error}
      isOptional
      help="Separated by commas. A star stands for any number at the end: 10.0.0.* is every address that begins with 10.0.0. Empty means from everywhere the desk can be reached."
    >
      <div className="flex gap-2">
        <IpInput value={value} onChange={onChange} />
        <Button onClick={() => onChange(withThisMachine(value))}>This machine</Button>
      </div>
    </Field>
  );
}

function IpInput({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <Input
      value={value}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => onChange(event.target.value)}
      className="flex-1"
    />
  );
}

function StaffField({
  value,
  boundName,
  error,
  onChange,
}: {
  value: StaffId | null;
  boundName: string | undefined;
  error: string | undefined;
  onChange: (value: StaffId | null) => void;
}) {
  const active = useStaff().filter((member) => member.isActive);
  const known = active.map(({ id, name }) => ({ value: String(id), label: name }));
  // Who was switched off since stays in the list as what is chosen now.
  const gone =
    value !== null && boundName !== undefined && !active.some(({ id }) => id === value)
      ? [{ value: String(value), label: `${boundName} (switched off)` }]
      : [];
  return (
    <Field
      label="Writes in the name of"
      error={error}
      help="Bound to one account, it answers as that person only and stops when the account is switched off. What customers write it forwards either way."
    >
      <Select
        value={value === null ? ANYONE : String(value)}
        onValueChange={(next) => onChange(next === ANYONE ? null : (Number(next) as StaffId))}
        options={[{ value: ANYONE, label: 'Any active staff member' }, ...gone, ...known]}
        className="max-w-72"
      />
    </Field>
  );
}

function Fields({ form, token }: { form: ReturnType<typeof useTokenForm>; token: ApiToken | null }) {
  const { errors } = form;
  const values: TokenForm = form.form;
  return (
    <>
      <Field
        label="Name"
        error={errors.name}
        help="What it is for: you will look for it when something is amiss."
      >
        <Input
          value={values.name}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => form.set({ name: event.target.value })}
        />
      </Field>
      <PermissionGrid
        chosen={values.permissions}
        error={errors.permissions}
        onChange={(permissions) => form.set({ permissions })}
      />
      <IpListField value={values.ipList} error={errors.ipList} onChange={(ipList) => form.set({ ipList })} />
      <Field
        label="Expires on"
        error={errors.expiresOn}
        isOptional
        help="It stops working when this day begins, in the desk’s time zone."
      >
        <Input
          type="date"
          value={values.expiresOn}
          onChange={(event) => form.set({ expiresOn: event.target.value })}
          className="max-w-44 tabular-nums"
        />
      </Field>
      <StaffField
        value={values.staffId}
        boundName={token?.boundTo?.name}
        error={errors.staffId}
        onChange={(staffId) => form.set({ staffId })}
      />
      {form.problem && <Notice tone="danger">Not saved. {form.problem}</Notice>}
    </>
  );
}

/** Makes a token (`token` null), or changes one: its text stays the same. */
export function TokenDialog({
  token,
  onMade,
  onClose,
}: {
  token: ApiToken | null;
  onMade: (made: NewToken) => void;
  onClose: () => void;
}) {
  const form = useTokenForm(token, { onMade, onClose });
  const formId = useId();
  const element = useRef<HTMLFormElement>(null);
  const { errors } = form;
  useEffect(() => {
    // The form is longer than the dialog: the first wrong field may be out of sight.
    if (Object.keys(errors).length > 0)
      element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    form.submit();
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={token ? `Edit «${token.name}»` : 'New token'}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={form.isBusy}>
            {token ? 'Save' : 'Make the token'}
          </Button>
        </>
      }
    >
      <form ref={element} id={formId} noValidate onSubmit={submit} className="flex flex-col gap-5 p-px">
        <Fields form={form} token={token} />
      </form>
    </Dialog>
  );
}
