import type { ReactNode } from 'react';

/** One part of a long section, under a line. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-4 border-line border-t pt-6">
      <h3 className="font-semibold text-heading">{title}</h3>
      {children}
    </section>
  );
}
