import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { TicketId } from '../../../shared/model/ids.ts';
import { useCommand } from '../../app/commands.ts';
import { TextArea } from '../../ui/index.ts';
import type { ComposerStart } from '../composer/index.ts';

/** What was written before its composer was there, by ticket: who moves on meanwhile finds it again. */
const written = new Map<TicketId, ComposerStart>();

/** When somebody signs out. */
export function forgetEarlyAnswers(): void {
  written.clear();
}

export type EarlyAnswer = {
  start: ComposerStart | null;
  write: (start: ComposerStart) => void;
  /** The composer has it. */
  taken: () => void;
};

export function useEarlyAnswer(ticketId: TicketId): EarlyAnswer {
  const [start, setStart] = useState(written.get(ticketId) ?? null);
  return {
    start,
    write: (next) => {
      if (next.text === '') written.delete(ticketId);
      else written.set(ticketId, next);
      // At once: the very next letter must land in the text, and not act as a shortcut.
      flushSync(() => setStart(next));
    },
    taken: () => {
      written.delete(ticketId);
      setStart(null);
    },
  };
}

/** While the ticket loads, r and n open a plain field; the composer takes over what was typed in it. */
export function EarlyAnswerField({ answer: { start, write } }: { answer: EarlyAnswer }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const begin = (kind: ComposerStart['kind']) => () => {
    write(start ?? { kind, text: '' });
    field.current?.focus();
  };
  useCommand({ id: 'composer.reply', title: 'Reply', keys: ['r'], group: 'Write', run: begin('reply') });
  useCommand({ id: 'composer.note', title: 'Add a note', keys: ['n'], group: 'Write', run: begin('note') });
  if (!start) return null;
  return (
    <div className="shrink-0 border-line border-t p-3">
      <TextArea
        ref={field}
        aria-label={start.kind === 'note' ? 'Note' : 'Reply'}
        value={start.text}
        onChange={({ target }) => write({ ...start, text: target.value })}
      />
    </div>
  );
}
