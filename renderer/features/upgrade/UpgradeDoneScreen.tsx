import type { SystemStatus, UpgradePlan } from '../../../shared/contract/system.ts';
import { Button, CopyField, Screen } from '../../ui/index.ts';

/** What became of the upgrade, until it is read. */
export function UpgradeDoneScreen({
  status,
  plan,
  onContinue,
}: {
  status: SystemStatus;
  plan: UpgradePlan;
  onContinue: () => void;
}) {
  return (
    <Screen
      name={status.siteName ?? 'Staffdesk'}
      title="The desk is upgraded"
      lead={`It went from version ${plan.fromVersion} to version ${plan.toVersion}. Search may take a while to know every ticket again.`}
    >
      <div className="flex flex-col gap-5">
        <CopyField
          label="Backup"
          value={plan.backupPath}
          help="The desk as it was before. Delete the file when you no longer need it."
          isBlock
        />
        <Button variant="primary" className="self-start" autoFocus onClick={onContinue}>
          Continue
        </Button>
      </div>
    </Screen>
  );
}
