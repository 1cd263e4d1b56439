import { useRef, useState } from 'react';
import { LIMITS } from '../../../../shared/limits.ts';

/** The subject, changed in place: click, type, Enter; Escape leaves it as it was. */
export function SubjectLine({ subject, onChange }: { subject: string; onChange: (subject: string) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  // Enter and Escape take the field away, which blurs it: only one of them may decide.
  const isDone = useRef(false);
  const finish = (isKept: boolean) => {
    if (isDone.current) return;
    isDone.current = true;
    const next = (typed ?? '').trim();
    setTyped(null);
    if (isKept && next !== '' && next !== subject) onChange(next);
  };
  if (typed === null) {
    return (
      <h1 className="min-w-0 flex-1">
        <button
          type="button"
          dir="auto"
          title={`${subject}\n\nClick to change the subject`}
          onClick={() => {
            isDone.current = false;
            setTyped(subject);
          }}
          className="-mx-1.5 line-clamp-2 max-w-full break-words rounded-md px-1.5 text-left font-semibold text-title transition-colors hover:bg-hover"
        >
          {subject}
        </button>
      </h1>
    );
  }
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: the field replaces the text that was just pressed
      autoFocus
      aria-label="Subject"
      dir="auto"
      value={typed}
      maxLength={LIMITS.subjectLength}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') finish(true);
        if (event.key === 'Escape') finish(false);
      }}
      className="-mx-1.5 h-7 min-w-0 flex-1 rounded-md bg-surface px-1.5 font-semibold text-title outline-2 outline-accent"
    />
  );
}
