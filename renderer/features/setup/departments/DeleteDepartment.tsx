import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Department } from '../../../../shared/contract/desk.ts';
import { trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, Dialog, Field, Notice, Select, Skeleton } from '../../../ui/index.ts';
import { showToast } from '../../toasts/index.ts';
import { agentsText, ticketsText } from './departmentOrder.ts';

const TRASH = 'trash';

const TO_CONFIRM = 'The server is asked first; then it waits in the outbox for you to confirm it.';

function toastText(name: string, tickets: number, moveTo: unknown, isRemote: boolean): string {
  const where = moveTo === null ? `in ${isRemote ? 'this desk’s' : 'the'} trash` : 'moved';
  const moved = tickets > 0 ? `, ${tickets} tickets ${where}` : '';
  return `${name} deleted${isRemote ? ' here' : ''}${moved}${isRemote ? `. ${TO_CONFIRM}` : ''}`;
}

function useDeletion(department: Department, isRemote: boolean, onDone: () => void) {
  const facts = useQuery({
    ...trpc.departments.deletion.queryOptions({ departmentId: department.id }),
    refetchOnMount: 'always',
  });
  const remove = useMutation(
    trpc.departments.delete.mutationOptions({
      onSuccess: ({ tickets }, { moveTo }) => {
        showToast({ text: toastText(department.name, tickets, moveTo, isRemote) });
        onDone();
      },
    }),
  );
  return { facts: facts.data, problem: facts.error ?? remove.error, remove };
}

const trashHelp = (isRemote: boolean): string =>
  isRemote
    ? 'Here they go to the trash. The server deletes them with the department, for good.'
    : 'Restored from the trash, a ticket brings its department back.';

/** Asks where the tickets go, with their number, and deletes the department. */
export function DeleteDepartment({
  department,
  isRemote,
  others,
  onClose,
}: {
  department: Department;
  isRemote: boolean;
  others: readonly Department[];
  onClose: () => void;
}) {
  const { facts, problem, remove } = useDeletion(department, isRemote, onClose);
  const [target, setTarget] = useState(String(others[0]?.id ?? TRASH));
  const options = [
    ...others.map(({ id, name }) => ({ value: String(id), label: `Move them to ${name}` })),
    { value: TRASH, label: isRemote ? 'Delete them with it' : 'Put them in the trash' },
  ];
  const moveTo = others.find(({ id }) => String(id) === target)?.id ?? null;
  const agents = facts && agentsText(facts.agentsLeftWithout);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="small"
      title={`Delete ${department.name}?`}
      description={facts ? ticketsText(facts.tickets) : undefined}
      footer={
        <>
          <Button onClick={onClose}>Keep</Button>
          <Button
            variant="danger"
            disabled={!facts}
            isBusy={remove.isPending}
            onClick={() => remove.mutate({ departmentId: department.id, moveTo })}
          >
            Delete department
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {!facts && !problem && <Skeleton className="h-8" />}
        {facts && facts.tickets > 0 && (
          <Field label="Its tickets" help={moveTo === null ? trashHelp(isRemote) : undefined}>
            <Select value={target} onValueChange={setTarget} options={options} />
          </Field>
        )}
        {isRemote && (
          <Notice>
            It leaves this desk’s lists now. {TO_CONFIRM} Until then you can take it back there.
          </Notice>
        )}
        {agents && <Notice>{agents}</Notice>}
        {problem && <Notice tone="danger">{toAppError(problem).message}</Notice>}
      </div>
    </Dialog>
  );
}
