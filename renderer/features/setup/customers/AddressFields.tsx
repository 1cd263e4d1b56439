import { Plus, Star, X } from 'lucide-react';
import { useRef } from 'react';
import { flushSync } from 'react-dom';
import { LIMITS } from '../../../../shared/limits.ts';
import { useSyncStatus } from '../../../api/desk.ts';
import { Button, Field, IconButton, Input } from '../../../ui/index.ts';
import { type CustomerErrors, withMain } from './customerForm.ts';

type Props = {
  emails: readonly string[];
  errors: CustomerErrors;
  onChange: (emails: readonly string[]) => void;
};

const mainHelp = (isRemote: boolean): string =>
  isRemote
    ? 'Changed on the server as well; answers go there.'
    : 'Answers go here. Mail from each of the addresses is theirs.';

/** The addresses of a customer, one line each; the first is the main one. */
export function AddressFields({ emails, errors, onChange }: Props) {
  const fields = useRef<HTMLFieldSetElement>(null);
  const isRemote = useSyncStatus() !== null;
  // What was pressed is gone or elsewhere: the focus goes to the line it was about.
  const change = (next: readonly string[], at: number) => {
    flushSync(() => onChange(next));
    fields.current?.querySelectorAll('input')[at]?.focus();
  };
  return (
    <fieldset ref={fields} className="flex flex-col gap-3">
      <legend className="sr-only">E-mail addresses</legend>
      {emails.map((email, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place; its text changes with every key
        <div key={at} className="flex items-start gap-1">
          <Field
            className="min-w-0 flex-1"
            label={at === 0 ? 'Main e-mail address' : `E-mail address ${at + 1}`}
            error={errors[`emails.${at}`]}
            help={at === 0 ? mainHelp(isRemote) : isRemote ? 'On this desk only.' : undefined}
          >
            <Input
              type="email"
              // There the name can't be changed.
              autoFocus={isRemote && at === 0}
              value={email}
              maxLength={LIMITS.emailLength}
              autoComplete="off"
              onChange={({ target }) =>
                onChange(emails.map((one, index) => (index === at ? target.value : one)))
              }
            />
          </Field>
          {at > 0 && (
            <div className="mt-6 flex pt-0.5">
              <IconButton
                icon={Star}
                label={`Make ${email || 'it'} the main address`}
                disabled={email.trim() === ''}
                onClick={() => change(withMain(emails, at), 0)}
              />
              <IconButton
                icon={X}
                label={`Remove ${email || 'the empty line'}`}
                onClick={() =>
                  change(
                    emails.filter((_, index) => index !== at),
                    at - 1,
                  )
                }
              />
            </div>
          )}
        </div>
      ))}
      {emails.length < LIMITS.customerAddresses && (
        <Button
          size="small"
          variant="ghost"
          icon={Plus}
          className="-ml-2 self-start"
          onClick={() => change([...emails, ''], emails.length)}
        >
          Add an address
        </Button>
      )}
    </fieldset>
  );
}
