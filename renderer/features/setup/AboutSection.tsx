import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { trpc } from '../../api/client.ts';
import { useViewer } from '../../api/desk.ts';
import { DeskMark } from '../../ui/index.ts';
import { CheckList } from '../firstRun/index.ts';

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className="min-w-0 select-text break-words">{children}</dd>
    </>
  );
}

/** Which Staffdesk this is, and how it finds this machine. */
export function AboutSection() {
  const { data: status } = useQuery(trpc.system.status.queryOptions());
  const viewer = useViewer();
  return (
    <div className="flex flex-col gap-6">
      <div className="flex items-center gap-3">
        <DeskMark />
        <p>
          <span className="font-semibold text-heading">Staffdesk</span>{' '}
          <span className="text-soft tabular-nums">{status?.appVersion}</span>
        </p>
      </div>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
        <Fact name="Desk">{status?.siteName}</Fact>
        <Fact name="Workspace">
          <code className="font-mono text-small">{status?.workspaceId}</code>
        </Fact>
        <Fact name="Signed in as">
          {viewer?.staff.name} ({viewer?.staff.username})
        </Fact>
        <Fact name="Licence">MIT</Fact>
      </dl>
      {viewer?.staff.role === 'admin' && (
        <section className="flex flex-col gap-2">
          <h3 className="font-medium">This machine</h3>
          <CheckList />
        </section>
      )}
    </div>
  );
}
