import type { ReactNode } from 'react';

/** One part of a long section, under a line. */
export function Part({
  title,
  label = title,
  lead,
  action,
  children,
}: {
  title: string;
  /** What screen readers call the part, where the title alone is too short. */
  label?: string;
  /** A sentence or two under the title. */
  lead?: string;
  /** A button beside the title. */
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section aria-label={label} className="flex flex-col gap-4 border-line border-t pt-6">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h3 className="font-semibold text-heading">{title}</h3>
          {lead && <p className="mt-1 text-soft">{lead}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}
