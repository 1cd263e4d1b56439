import type { ReactNode } from 'react';
import { useSyncStatus } from '../../api/desk.ts';
import { Notice } from '../../ui/index.ts';

/** The name of the screen, what it is for, and what keeps anything from leaving. */
export function WaitingHeading({
  title,
  count,
  lead,
  children,
}: {
  title: string;
  count: number | undefined;
  lead: string;
  children: ReactNode;
}) {
  const problem = useSyncStatus()?.problem;
  return (
    <header className="shrink-0 border-line border-b">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
        <div className="min-w-64 flex-1 max-[759px]:basis-full">
          <h1 className="font-semibold text-heading">
            {title} <span className="font-normal text-faint tabular-nums">{count || ''}</span>
          </h1>
          <p className="text-small text-soft">{lead}</p>
        </div>
        {children}
      </div>
      {problem && (
        <div className="px-4 pb-3">
          <Notice tone={problem.code === 'remote_unreachable' ? 'plain' : 'danger'}>{problem.message}</Notice>
        </div>
      )}
    </header>
  );
}
