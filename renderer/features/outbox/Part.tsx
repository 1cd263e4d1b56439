import type { ReactNode } from 'react';

/** One thing to know about what waits, under its name. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="mb-1.5 font-medium text-faint text-small">{title}</h3>
      {children}
    </section>
  );
}
