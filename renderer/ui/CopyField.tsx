import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './Button.tsx';
import { classes } from './classes.ts';
import { copyText } from './copyText.ts';
import { Field, useField } from './Field.tsx';

const SHOWN_MS = 2000;

function CopyValue({ value, isBlock }: { value: string; isBlock: boolean }) {
  const field = useField();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <div className="flex items-start gap-2">
      <output
        id={field?.id}
        className={classes(
          'min-h-8 min-w-0 flex-1 select-all rounded-md border border-line bg-sunken px-2.5 py-1.5 font-mono text-small leading-4.5',
          isBlock ? 'whitespace-pre-wrap [overflow-wrap:anywhere]' : 'truncate',
        )}
      >
        {value}
      </output>
      <Button
        icon={isCopied ? Check : Copy}
        onClick={() => void copyText(value).then(() => setCopied(true))}
        className="w-24"
      >
        {isCopied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  );
}

/** A value to take elsewhere: an address, a command, a password. */
export function CopyField({
  label,
  value,
  help,
  isBlock = false,
}: {
  label: string;
  value: string;
  help?: string;
  /** For what has several lines. */
  isBlock?: boolean;
}) {
  return (
    <Field label={label} help={help}>
      <CopyValue value={value} isBlock={isBlock} />
    </Field>
  );
}
