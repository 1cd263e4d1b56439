import type { ReactNode } from 'react';
import type { OutboxItem } from '../../../shared/contract/sync.ts';
import { Button } from '../../ui/index.ts';
import { summaryOf } from './waitingText.ts';

/** Several chosen: what they are, and one decision for all of them. */
export function SeveralWaiting({
  items,
  onClear,
  children,
}: {
  items: readonly OutboxItem[];
  onClear: () => void;
  children: ReactNode;
}) {
  return (
    <section aria-label="What waits" className="flex min-w-0 flex-1 flex-col">
      {children}
      <div className="flex min-h-0 flex-1 flex-col items-center justify-center gap-3 overflow-y-auto p-8">
        <p aria-live="polite" className="font-semibold text-heading tabular-nums">
          {items.length} selected
        </p>
        <ul className="flex flex-col gap-1 text-soft">
          {summaryOf(items).map(({ words, count }) => (
            <li key={words} className="tabular-nums">
              {count} × {words}
            </li>
          ))}
        </ul>
        <Button size="small" variant="ghost" keys="Escape" onClick={onClear}>
          Select none
        </Button>
      </div>
    </section>
  );
}
