import { useState } from 'react';
import type { OutboxItem } from '../../../shared/contract/sync.ts';
import { departmentId } from '../../../shared/model/ids.ts';
import { ticketStatus } from '../../../shared/model/ticket.ts';
import { useDepartments } from '../../api/desk.ts';
import { useCommand } from '../../app/commands.ts';
import { Button, PickList } from '../../ui/index.ts';
import { useUpload } from '../sync/index.ts';
import { departmentItems, statusItems } from '../triage/index.ts';
import type { WaitingActs as Acts } from './useWaitingActs.ts';
import { DECISION_KEYS, decisionsOf, EDIT_KEY, THEIRS_KEY } from './waitingText.ts';

/**
 * What can be done about the operation one is at, or about those chosen: a button and a key for each. On top, where no
 * notice covers it.
 */
export function WaitingActs({ targets, acts }: { targets: readonly OutboxItem[]; acts: Acts }) {
  const offers = decisionsOf(targets);
  return (
    <section
      aria-label="Decide"
      className="flex shrink-0 flex-wrap items-center gap-2 border-line border-b bg-surface px-6 py-2.5"
    >
      {offers.map(({ decision, word, keys, ids }, index) => (
        <Button
          key={decision}
          variant={index === 0 && targets.some(({ state }) => state !== 'queued') ? 'primary' : 'secondary'}
          keys={keys}
          isBusy={acts.isBusy}
          onClick={() => decideFor(ids, decision)}
        >
          {word}
          {ids.length < targets.length && <span className="tabular-nums">({ids.length})</span>}
        </Button>
      ))}
      <EditAct targets={targets} acts={acts} />
      {offers.length === 0 && <OnItsWay targets={targets} acts={acts} />}
      {offers.map(({ decision, word, ids }) => (
        <OfferCommand
          key={decision}
          id={decision}
          title={word}
          keys={
            decision === 'discard'
              ? [DECISION_KEYS.discard, 'Backspace', THEIRS_KEY]
              : [DECISION_KEYS[decision]]
          }
          isBusy={acts.isBusy}
          run={() => decideFor(ids, decision)}
        />
      ))}
    </section>
  );

  function decideFor(ids: readonly number[], decision: Parameters<Acts['decide']>[0]): void {
    acts.decide(
      decision,
      targets.filter(({ id }) => ids.includes(id)),
    );
  }
}

/** Once it has left whole it may have arrived: only until then can it be stopped. */
function OnItsWay({ targets, acts }: { targets: readonly OutboxItem[]; acts: Acts }) {
  const [first, second] = targets;
  const upload = useUpload(({ id }) => id === first?.id);
  const canStop = upload !== undefined && upload.sentBytes < upload.sizeBytes && second === undefined;
  const run = (): void => {
    if (first) acts.stop(first);
  };
  useCommand({
    id: 'waiting-stop',
    title: 'Stop sending',
    keys: [DECISION_KEYS.discard, 'Backspace'],
    group: 'Ticket',
    enabled: canStop && !acts.isBusy,
    run,
  });
  if (!canStop) return <p className="text-faint text-small">On its way: nothing to decide.</p>;
  return (
    <Button keys={DECISION_KEYS.discard} isBusy={acts.isBusy} onClick={run}>
      Stop sending
    </Button>
  );
}

function OfferCommand(props: {
  id: string;
  title: string;
  keys: string[];
  isBusy: boolean;
  run: () => void;
}) {
  const { id, title, keys, isBusy, run } = props;
  useCommand({ id: `waiting-${id}`, title, keys, group: 'Ticket', enabled: !isBusy, run });
  return null;
}

/** A text goes back to where it was written, one at a time; a field gets another value, many at once. */
function EditAct({ targets, acts }: { targets: readonly OutboxItem[]; acts: Acts }) {
  const [isPicking, setPicking] = useState(false);
  const [first] = targets;
  const edit = first?.edit ?? null;
  const isOne = targets.every((item) => item.edit === edit);
  const canEdit = edit !== null && isOne && (edit !== 'text' || targets.length === 1);
  const run = (): void => {
    if (!first || !canEdit) return;
    if (edit === 'text') acts.takeBack(first);
    else setPicking(true);
  };
  useCommand({
    id: 'waiting-edit',
    title: 'Change what waits',
    keys: [EDIT_KEY],
    group: 'Ticket',
    enabled: canEdit && !acts.isBusy,
    run,
  });
  if (!canEdit) return null;
  return (
    <>
      <Button keys={EDIT_KEY} isBusy={acts.isBusy} onClick={run}>
        {edit === 'text' ? 'Edit' : 'Another value'}
      </Button>
      {isPicking && edit !== 'text' && (
        <ValuePicker edit={edit} targets={targets} acts={acts} onClose={() => setPicking(false)} />
      )}
    </>
  );
}

function ValuePicker({
  edit,
  targets,
  acts,
  onClose,
}: {
  edit: 'status' | 'department';
  targets: readonly OutboxItem[];
  acts: Acts;
  onClose: () => void;
}) {
  const departments = useDepartments();
  const isStatus = edit === 'status';
  const title = isStatus ? 'Set status' : 'Move to department';
  return (
    <PickList
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      placeholder={`${title} instead`}
      items={isStatus ? statusItems([]) : departmentItems([], departments)}
      onPick={(id) => {
        const change = isStatus
          ? { status: ticketStatus.parse(Number(id)) }
          : { departmentId: departmentId.parse(Number(id)) };
        acts.edit({ ids: targets.map((item) => item.id), change });
      }}
    />
  );
}
