import { useEffect, useRef } from 'react';
import { Button, CopyField } from '../../../ui/index.ts';

/** A password or link nobody can look up again: what to do with it, and a button that puts it away. */
export function ShownOnce({
  title,
  label,
  value,
  help,
  onDone,
}: {
  title: string;
  label: string;
  value: string;
  help: string;
  onDone: () => void;
}) {
  const panel = useRef<HTMLElement>(null);
  // What the person waited for is elsewhere than what they pressed.
  useEffect(() => panel.current?.focus(), []);
  return (
    <section
      ref={panel}
      tabIndex={-1}
      aria-label={title}
      className="flex flex-col gap-3 rounded-md border border-line bg-accent-soft p-4 outline-none"
    >
      <h3 className="font-medium">{title}</h3>
      <CopyField label={label} value={value} help={help} />
      <Button onClick={onDone} className="self-start">
        Done
      </Button>
    </section>
  );
}
