import type { ReactNode } from 'react';

/** One thing that can be done to an account or a customer, with what it means. */
export function Act({ title, help, children }: { title: string; help: string; children: ReactNode }) {
  return (
    <div className="flex items-center gap-4 px-3.5 py-3">
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        <p className="text-faint text-small">{help}</p>
      </div>
      {children}
    </div>
  );
}
