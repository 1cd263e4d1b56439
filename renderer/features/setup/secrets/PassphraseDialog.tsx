import { type FormEvent, useId, useState } from 'react';
import { Button, Dialog, Field, Notice, PasswordInput } from '../../../ui/index.ts';
import { type PassphraseValues, passphraseErrors } from './secretsText.ts';

/** A new passphrase, twice: a slip of the finger would lose every secret. */
export function PassphraseDialog({
  isChange,
  isBusy,
  problem,
  onPassphrase,
  onClose,
}: {
  isChange: boolean;
  isBusy: boolean;
  problem: string | null;
  onPassphrase: (passphrase: string) => void;
  onClose: () => void;
}) {
  const formId = useId();
  const [values, setValues] = useState<PassphraseValues>({ passphrase: '', repeated: '' });
  const [errors, setErrors] = useState<Partial<PassphraseValues>>({});
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = passphraseErrors(values);
    setErrors(wrong);
    if (Object.keys(wrong).length === 0) onPassphrase(values.passphrase);
  };
  const field = (name: keyof PassphraseValues, label: string) => (
    <Field label={label} error={errors[name]}>
      <PasswordInput
        value={values[name]}
        autoComplete="new-password"
        onChange={(event) => {
          setValues({ ...values, [name]: event.target.value });
          setErrors({});
        }}
      />
    </Field>
  );
  return (
    <Dialog
      open
      width="small"
      onOpenChange={(open) => !open && onClose()}
      title={isChange ? 'Change the passphrase' : 'Lock the key with a passphrase'}
      description="It is asked for whenever Staffdesk starts. Nobody can recover it: write it down where you keep such things."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isBusy}>
            {isChange ? 'Change' : 'Lock'}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4 pt-1">
        {field('passphrase', 'New passphrase')}
        {field('repeated', 'Once more')}
        {problem && <Notice tone="danger">Nothing was moved. {problem}</Notice>}
      </form>
    </Dialog>
  );
}
