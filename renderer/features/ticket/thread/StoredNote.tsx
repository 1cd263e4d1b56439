import { FileWarning } from 'lucide-react';
import { useState } from 'react';
import type { AsStored } from '../../../../shared/contract/sync.ts';
import { Button, copyText, Icon } from '../../../ui/index.ts';
import { plainText } from '../../composer/index.ts';
import { showToast } from '../../toasts/index.ts';
import { storedText } from './storedText.ts';

/** Where the server keeps a message otherwise than it was sent: what differs, and the text as it left. */
export function StoredNote({ stored }: { stored: AsStored | null }) {
  const [isOpen, setOpen] = useState(false);
  if (!stored) return null;
  const sent = stored.sentHtml === null ? null : plainText(stored.sentHtml);
  const copy = (text: string) =>
    copyText(text).then(
      () => showToast({ text: 'Copied.' }),
      () => showToast({ text: 'The browser refused to copy.', tone: 'danger' }),
    );
  return (
    <div className="mt-3 rounded-md border border-note-line bg-note px-3 py-2 text-small">
      <p className="flex items-start gap-2">
        <Icon of={FileWarning} size={14} className="mt-px text-note-ink" />
        <span className="min-w-0 flex-1">{storedText(stored)}</span>
      </p>
      {sent !== null && (
        <div className="mt-1.5 flex gap-2">
          <Button size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Hide what you sent' : 'Show what you sent'}
          </Button>
          <Button size="small" variant="ghost" onClick={() => void copy(sent)}>
            Copy it
          </Button>
        </div>
      )}
      {sent !== null && isOpen && (
        <pre className="mt-2 max-h-80 select-text overflow-y-auto whitespace-pre-wrap break-words font-sans text-ui leading-5">
          {sent}
        </pre>
      )}
    </div>
  );
}
