import { useMutation, useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import type { SystemStatus } from '../../../shared/contract/system.ts';
import { queryClient, trpc } from '../../api/client.ts';
import { toAppError } from '../../api/errors.ts';
import { Button, CopyField, Icon, Notice, Progress, Screen } from '../../ui/index.ts';

function Versions({ status }: { status: SystemStatus }) {
  if (!status.upgrade) return null;
  const { fromVersion, toVersion, backupPath } = status.upgrade;
  return (
    <>
      <p className="flex items-center gap-2.5 text-heading tabular-nums">
        <span className="text-soft">Version {fromVersion}</span>
        <Icon of={ArrowRight} className="text-faint" />
        <span className="sr-only">to</span>
        <span className="font-semibold">Version {toVersion}</span>
      </p>
      <CopyField
        label="Backup"
        value={backupPath}
        help="A whole copy is made here first, and stays."
        isBlock
      />
    </>
  );
}

function UpgradeProgress({ status }: { status: SystemStatus }) {
  const progress = status.upgradeProgress;
  return (
    <Progress
      label={progress?.step ?? 'Starting'}
      done={progress?.done ?? 0}
      total={progress && progress.total > 0 ? progress.total : null}
    />
  );
}

/** A desk of an older version: what will happen, then how far it is. */
export function UpgradeScreen() {
  const { data: status } = useQuery(trpc.system.status.queryOptions());
  const upgrade = useMutation(
    trpc.system.upgrade.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.system.status.queryKey() }),
    }),
  );
  if (!status) return null;
  const isRunning = status.state === 'upgrading' || upgrade.isPending;
  const failure = upgrade.error ? toAppError(upgrade.error) : isRunning ? null : status.error;
  return (
    <Screen
      name={status.siteName ?? 'Staffdesk'}
      title={isRunning ? 'Upgrading the desk' : 'This desk needs an upgrade'}
      lead={
        isRunning
          ? 'Leave this window open. Should the power fail, the next start goes on from here.'
          : 'It was made by an older version of Staffdesk. Nothing in it is lost; a large desk takes a few minutes.'
      }
    >
      <div className="flex flex-col gap-5">
        <Versions status={status} />
        {failure && (
          <Notice tone="danger">
            <p>{failure.message}</p>
            <p className="mt-1 text-soft">
              The desk is as it was before. Correct the cause and try again; the backup lies at the place
              above.
            </p>
          </Notice>
        )}
        {isRunning ? (
          <UpgradeProgress status={status} />
        ) : (
          <Button variant="primary" className="self-start" onClick={() => upgrade.mutate()}>
            {failure ? 'Try again' : 'Back up and upgrade'}
          </Button>
        )}
      </div>
    </Screen>
  );
}
