import { create } from 'zustand';
import type { Job } from '../../../shared/contract/system.ts';
import { queryClient, trpc } from '../../api/client.ts';
import { importMailFile } from '../../api/files.ts';
import { showToast } from '../toasts/index.ts';

type ImportState = {
  /** Imports this window started: their summaries open by themselves, others' don't. */
  startedJobs: ReadonlySet<string>;
  /** Files on their way to the core, 0 to 1. */
  sending: readonly { name: string; fraction: number }[];
  /** Finished imports; one summary for all of them once nothing is under way any more. */
  finished: readonly Job[];
};

export const useImports = create<ImportState>(() => ({ startedJobs: new Set(), sending: [], finished: [] }));

function setProgress(name: string, fraction: number | null): void {
  useImports.setState(({ sending }) => {
    const others = sending.filter((file) => file.name !== name);
    return { sending: fraction === null ? others : [...others, { name, fraction }] };
  });
}

/** Sends mail files to the core one after the other; a file that fails doesn't stop the rest. */
export async function importFiles(files: readonly File[]): Promise<void> {
  for (const file of files) {
    setProgress(file.name, 0);
    const answer = await importMailFile(file, { onProgress: (fraction) => setProgress(file.name, fraction) });
    setProgress(file.name, null);
    if (!answer.ok) {
      showToast({ text: `${file.name}: ${answer.error.message}`, tone: 'danger' });
      continue;
    }
    const job = answer.value;
    useImports.setState(({ startedJobs }) => ({ startedJobs: new Set([...startedJobs, job.id]) }));
    // A small file may be done before the answer is here; then its event already went by.
    noteJob(knownJob(job.id) ?? job);
  }
}

function knownJob(id: string): Job | undefined {
  return queryClient.getQueryData(trpc.jobs.list.queryKey())?.jobs.find((job) => job.id === id);
}

/** Takes in what a job's event says; a finished import of this window shows its summary. */
export function noteJob(job: Job): void {
  if (job.kind !== 'import' || job.state === 'running') return;
  useImports.setState(({ startedJobs, finished }) => {
    if (!startedJobs.has(job.id)) return {};
    const rest = new Set(startedJobs);
    rest.delete(job.id);
    return { startedJobs: rest, finished: [...finished, job] };
  });
}

export function closeSummary(): void {
  useImports.setState(() => ({ finished: [] }));
}
