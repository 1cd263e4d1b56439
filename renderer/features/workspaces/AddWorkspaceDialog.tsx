import { useState } from 'react';
import { Button, Dialog, RadioGroup } from '../../ui/index.ts';
import { leaveFor } from './goToWorkspace.ts';
import { workspaceCalls } from './workspaceCalls.ts';
import { closeWorkspaceDialog } from './workspaceDialogs.ts';

type Kind = 'local' | 'remote';
const KINDS = [
  {
    value: 'local',
    label: 'A new helpdesk on this machine',
    help: 'Its own tickets, departments and staff.',
  },
  {
    value: 'remote',
    label: 'The mirror of a HelpDeskZ elsewhere',
    help: 'Works without a network and sends later what you did.',
  },
] as const;

/** Asks what the new workspace is to be; the rest is the first-run screen's, in the new workspace. */
export function AddWorkspaceDialog() {
  const [kind, setKind] = useState<Kind>('local');
  const [isBusy, setBusy] = useState(false);
  const add = async () => {
    setBusy(true);
    const isLeaving = await leaveFor('the new workspace', workspaceCalls.add, kind === 'remote');
    // The page is about to go: pressed again, the button would add another.
    if (!isLeaving) setBusy(false);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && closeWorkspaceDialog()}
      width="small"
      title="Add a workspace"
      description="A workspace is a desk of its own, with its own folder, settings and accounts. This one stays as it is."
      footer={
        <>
          <Button onClick={closeWorkspaceDialog}>Cancel</Button>
          <Button variant="primary" isBusy={isBusy} onClick={() => void add()}>
            Add
          </Button>
        </>
      }
    >
      <RadioGroup<Kind> label="What is it?" value={kind} onValueChange={setKind} options={KINDS} />
    </Dialog>
  );
}
