import { useQuery } from '@tanstack/react-query';
import { fileProblem } from '../../../shared/model/fileLimits.ts';
import { trpc } from '../../api/client.ts';
import { useViewer } from '../../api/desk.ts';
import { Notice } from '../../ui/index.ts';
import type { DraftFile } from './fileList.ts';

/** In a mirror: what its server would not keep of these files, before they are sent. */
export function LimitNote({ files }: { files: readonly DraftFile[] }) {
  const limits = useQuery(trpc.sync.fileLimits.queryOptions()).data?.limits ?? null;
  const timeZone = useViewer()?.timeZone ?? 'UTC';
  const attached = files.filter(({ state }) => state !== 'failed');
  const problem = limits && fileProblem(attached, limits, timeZone);
  if (!problem) return null;
  return (
    <div role="status" className="px-3.5 pb-2">
      <Notice>{problem} Sent like this, it waits in the outbox until you decide.</Notice>
    </div>
  );
}
