import { Check, Copy, Download, Printer } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useViewer } from '../../../api/desk.ts';
import { Button, copyText } from '../../../ui/index.ts';
import { recoveryCodeText } from './profileForm.ts';

function saveText(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

function CodeButtons({ codes }: { codes: readonly string[] }) {
  const viewer = useViewer();
  const [isCopied, setCopied] = useState(false);
  const text = () => recoveryCodeText(codes, viewer?.siteName ?? 'Staffdesk', viewer?.staff.username ?? '');
  return (
    <div className="flex flex-wrap gap-2 print:hidden">
      <Button
        icon={isCopied ? Check : Copy}
        className="w-24"
        onClick={() => void copyText(codes.join('\n')).then(() => setCopied(true))}
      >
        {isCopied ? 'Copied' : 'Copy'}
      </Button>
      <Button icon={Download} onClick={() => saveText(text(), 'staffdesk-recovery-codes.txt')}>
        Download
      </Button>
      <Button icon={Printer} onClick={() => window.print()}>
        Print
      </Button>
    </div>
  );
}

/** Recovery codes nobody can look up again: to be kept elsewhere, then put away. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const viewer = useViewer();
  const panel = useRef<HTMLElement>(null);
  // What the person waited for is elsewhere than what they pressed.
  useEffect(() => panel.current?.focus(), []);
  return (
    <section
      ref={panel}
      tabIndex={-1}
      aria-label="Recovery codes"
      className="print-sheet flex flex-col gap-4 rounded-md border border-line bg-accent-soft p-4 outline-none"
    >
      <div>
        <h4 className="font-medium">Your recovery codes</h4>
        <p className="hidden text-soft print:block">
          {viewer?.siteName}, user name {viewer?.staff.username}
        </p>
        <p className="mt-1 text-soft">
          Each signs you in once, in place of the code of your phone. They are shown this once: keep them
          where you keep your passwords.
        </p>
      </div>
      <ol className="grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-md border border-line bg-surface px-4 py-3 font-mono text-small max-[859px]:grid-cols-1">
        {codes.map((code) => (
          <li key={code} className="select-all tabular-nums">
            {code}
          </li>
        ))}
      </ol>
      <CodeButtons codes={codes} />
      <Button variant="primary" onClick={onDone} className="self-start print:hidden">
        I have kept them
      </Button>
    </section>
  );
}
