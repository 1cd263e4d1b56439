import type { ReactNode } from 'react';
import { DeskMark } from './DeskMark.tsx';

/** A window that asks for one thing before the desk opens: first run, sign in, upgrade. */
export function Screen({
  title,
  lead,
  name = 'Staffdesk',
  above,
  children,
}: {
  title: string;
  lead?: ReactNode;
  /** The desk's own name, once it has one. */
  name?: string;
  /** At the right end of the top line: where one is in the steps. */
  above?: ReactNode;
  children: ReactNode;
}) {
  return (
    <main className="h-full overflow-y-auto bg-frame">
      <div className="mx-auto w-full max-w-128 px-4 pt-[clamp(24px,11vh,120px)] pb-10">
        <div className="mb-4 flex items-center gap-2.5 px-1">
          <DeskMark />
          <span className="flex-1 font-semibold text-heading">{name}</span>
          {above}
        </div>
        <div className="rounded-lg border border-line bg-surface px-8 pt-7 pb-8">
          <h1 className="text-balance font-semibold text-title">{title}</h1>
          {lead && <div className="mt-1.5 text-pretty text-soft">{lead}</div>}
          <div className="mt-6">{children}</div>
        </div>
      </div>
    </main>
  );
}
