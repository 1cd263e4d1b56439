import { useState } from 'react';
import { Button, Field, Input } from '../../ui/index.ts';

/** This desk's second factor: six digits of the phone, or a recovery code. */
export function CodeField({
  code,
  onCode,
  error,
}: {
  code: string;
  onCode: (code: string) => void;
  error: string | null;
}) {
  const [isRecovery, setRecovery] = useState(false);
  return (
    <div className="flex flex-col items-stretch gap-1.5">
      {isRecovery ? (
        <Field label="Recovery code" help="One of those you kept; each works once." error={error}>
          <Input
            key="recovery"
            autoFocus
            value={code}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={40}
            onChange={(event) => onCode(event.target.value)}
            className="font-mono"
          />
        </Field>
      ) : (
        <Field label="Six-digit code" help="From the authenticator app on your phone." error={error}>
          <Input
            key="app"
            autoFocus
            value={code}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={10}
            onChange={(event) => onCode(event.target.value)}
          />
        </Field>
      )}
      <Button
        variant="ghost"
        size="small"
        className="-ml-2 self-start"
        onClick={() => {
          setRecovery(!isRecovery);
          onCode('');
        }}
      >
        {isRecovery ? 'Use the code of your phone' : 'Use a recovery code'}
      </Button>
    </div>
  );
}
