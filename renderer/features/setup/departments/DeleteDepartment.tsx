import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Department } from '../../../../shared/contract/desk.ts';
import { trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, Dialog, Field, Notice, Select, Skeleton } from '../../../ui/index.ts';
import { showToast } from '../../toasts/index.ts';
import { agentsText, ticketsText } from './departmentOrder.ts';

const TRASH = 'trash';

function useDeletion(department: Department, onDone: () => void) {
  const facts = useQuery({
    ...trpc.departments.deletion.queryOptions({ departmentId: department.id }),
    refetchOnMount: 'always',
  });
  const remove = useMutation(
    trpc.departments.delete.mutationOptions({
      onSuccess: ({ tickets }, { moveTo }) => {
        const where = moveTo === null ? 'in the trash' : 'moved';
        showToast({
          text: `${department.name} deleted${tickets > 0 ? `, ${tickets} tickets ${where}` : ''}`,
        });
        onDone();
      },
    }),
  );
  return { facts: facts.data, problem: facts.error ?? remove.error, remove };
}

/** Asks where the tickets go, with their number, and deletes the department. */
export function DeleteDepartment({
  department,
  others,
  onClose,
}: {
  department: Department;
  others: readonly Department[];
  onClose: () => void;
}) {
  const { facts, problem, remove } = useDeletion(department, onClose);
  const [target, setTarget] = useState(String(others[0]?.id ?? TRASH));
  const options = [
    ...others.map(({ id, name }) => ({ value: String(id), label: `Move them to ${name}` })),
    { value: TRASH, label: 'Put them in the trash' },
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
          <Field
            label="Its tickets"
            help={
              moveTo === null ? 'Restored from the trash, a ticket brings its department back.' : undefined
            }
          >
            <Select value={target} onValueChange={setTarget} options={options} />
          </Field>
        )}
        {agents && <Notice>{agents}</Notice>}
        {problem && <Notice tone="danger">{toAppError(problem).message}</Notice>}
      </div>
    </Dialog>
  );
}
