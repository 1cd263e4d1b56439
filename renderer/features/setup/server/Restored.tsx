import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RestoredState } from '../../../../shared/contract/restored.ts';
import type { SyncStatus } from '../../../../shared/contract/sync.ts';
import { trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, Dialog, Notice, Progress } from '../../../ui/index.ts';
import { CONFLICTS_KEYS, openConflicts } from '../../sync/index.ts';
import { Part } from '../Part.tsx';
import { restoredSentences, STEP_WORDS } from './restoredText.ts';

function useRestored() {
  const state = useQuery(trpc.sync.restored.queryOptions()).data ?? null;
  const look = useMutation(trpc.sync.lookAtRestored.mutationOptions());
  const take = useMutation(trpc.sync.takeServerState.mutationOptions());
  const cancel = useMutation(trpc.jobs.cancel.mutationOptions());
  const error = look.error ?? take.error;
  return {
    state,
    problem: error ? toAppError(error).message : (state?.problem?.message ?? null),
    look: () => look.mutate(),
    take: () => take.mutate(),
    cancel: () => {
      if (state?.jobId) cancel.mutate({ id: state.jobId });
    },
  };
}

/** The server went back to an older state: the way on in this workspace, told beforehand. */
export function Restored({ status }: { status: SyncStatus }) {
  const [isOpen, setOpen] = useState(false);
  const restored = useRestored();
  const isNow = status.problem?.code === 'remote_restored';
  const { state } = restored;
  const open = () => {
    setOpen(true);
    if (!state?.jobId) restored.look();
  };
  if (!isNow && !isOpen) return null;
  return (
    <Part
      title="The server was restored from a backup"
      {...(isNow && status.problem ? { lead: status.problem.message } : {})}
    >
      {isNow && (
        <Button variant="primary" className="self-start" onClick={open}>
          Take the server’s state…
        </Button>
      )}
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title={isNow ? 'Take the server’s state?' : 'The server’s state is taken'}
        description={
          isNow
            ? 'First this desk is compared with the server. Nothing changes before you say so, on neither side.'
            : 'What is new there comes with the next sync. What it lost waits in Conflicts.'
        }
        footer={<Acts restored={restored} isNow={isNow} onClose={() => setOpen(false)} />}
      >
        {isNow && state && <Body state={state} problem={restored.problem} />}
      </Dialog>
    </Part>
  );
}

function Body({ state, problem }: { state: RestoredState; problem: string | null }) {
  const { found, jobId, step } = state;
  const job = useQuery(trpc.jobs.list.queryOptions()).data?.jobs.find(({ id }) => id === jobId);
  if (jobId !== null)
    return (
      <Progress label={STEP_WORDS[step ?? 'tickets']} done={job?.done ?? 0} total={job?.total ?? null} />
    );
  if (problem !== null) return <Notice tone="danger">{problem}</Notice>;
  if (!found) return null;
  return (
    <ul aria-label="What will happen" className="flex list-disc flex-col gap-2 pl-5">
      {restoredSentences(found).map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

function Acts({
  restored: { state, look, take, cancel },
  isNow,
  onClose,
}: {
  restored: ReturnType<typeof useRestored>;
  isNow: boolean;
  onClose: () => void;
}) {
  if (!isNow)
    return (
      <>
        <Button onClick={onClose}>Close</Button>
        <Button variant="primary" keys={CONFLICTS_KEYS} onClick={openConflicts}>
          Conflicts
        </Button>
      </>
    );
  if (state?.jobId) return <Button onClick={cancel}>Cancel</Button>;
  return (
    <>
      <Button onClick={onClose}>Leave it as it is</Button>
      {state?.found ? (
        <Button variant="primary" onClick={take}>
          Take the server’s state
        </Button>
      ) : (
        <Button variant="primary" onClick={look}>
          Compare again
        </Button>
      )}
    </>
  );
}
