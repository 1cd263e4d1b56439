import { useMutation } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { Department } from '../../../../shared/contract/desk.ts';
import { queryClient, trpc } from '../../../api/client.ts';
import { useDepartments, useSyncStatus, useViewer } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, Notice } from '../../../ui/index.ts';
import { showToast } from '../../toasts/index.ts';
import { useReorder } from '../useReorder.ts';
import { DeleteDepartment } from './DeleteDepartment.tsx';
import { DepartmentForm } from './DepartmentForm.tsx';
import { DepartmentLine } from './DepartmentLine.tsx';

type Open = { kind: 'none' } | { kind: 'new' } | { kind: 'edit' | 'delete'; department: Department };
const NONE: Open = { kind: 'none' };

function NewDepartment({ onClose }: { onClose: () => void }) {
  const { mutate, error, isPending } = useMutation(
    trpc.departments.create.mutationOptions({ onSuccess: onClose }),
  );
  return (
    <div className="rounded-md border border-line">
      <DepartmentForm
        title="New department"
        start={{ name: '', isPrivate: false }}
        submitLabel="Add department"
        error={error ? toAppError(error) : null}
        isBusy={isPending}
        onSubmit={(values) => mutate(values)}
        onCancel={onClose}
      />
    </div>
  );
}

function EditDepartment({ department, onClose }: { department: Department; onClose: () => void }) {
  const { mutate, error, isPending } = useMutation(
    trpc.departments.update.mutationOptions({ onSuccess: onClose }),
  );
  const { id: departmentId, name, isPrivate } = department;
  return (
    <DepartmentForm
      title={name}
      start={{ name, isPrivate }}
      submitLabel="Save"
      error={error ? toAppError(error) : null}
      isBusy={isPending}
      onSubmit={(values) => mutate({ departmentId, ...values })}
      onCancel={onClose}
    />
  );
}

function Departments() {
  const departments = useDepartments();
  const isRemote = useSyncStatus() !== null;
  const { mutate: reorder } = useMutation(
    trpc.departments.reorder.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.departments.pathKey() }),
      onError: (error) => showToast({ text: toAppError(error).message, tone: 'danger' }),
    }),
  );
  const { list, announcement, move } = useReorder(departments, (departmentIds) => reorder({ departmentIds }));
  const [open, setOpen] = useState<Open>(NONE);
  const [before, setBefore] = useState<Open>(NONE);
  const close = () => {
    setBefore(open);
    setOpen(NONE);
  };
  const deleted = open.kind === 'delete' ? open.department : null;
  return (
    <div className="flex flex-col gap-5">
      {open.kind === 'new' ? (
        <NewDepartment onClose={close} />
      ) : (
        <Button
          variant="primary"
          icon={Plus}
          autoFocus={before.kind === 'new'}
          onClick={() => setOpen({ kind: 'new' })}
          className="self-start"
        >
          Add a department
        </Button>
      )}
      <ol ref={list} aria-label="Departments" className="divide-y divide-line rounded-md border border-line">
        {departments.map((department, index) => (
          <li key={department.id} data-item={department.id}>
            {open.kind === 'edit' && open.department.id === department.id ? (
              <EditDepartment department={department} onClose={close} />
            ) : (
              <DepartmentLine
                department={department}
                // The server's API has no call for the order.
                canMove={!isRemote}
                isEditFocused={before.kind === 'edit' && before.department.id === department.id}
                isFirst={index === 0}
                isLast={index === departments.length - 1}
                onMove={(direction) => move(department, direction)}
                onEdit={() => setOpen({ kind: 'edit', department })}
                onDelete={() => setOpen({ kind: 'delete', department })}
              />
            )}
          </li>
        ))}
      </ol>
      <p role="status" className="sr-only">
        {announcement}
      </p>
      {deleted && (
        <DeleteDepartment
          department={deleted}
          isRemote={isRemote}
          others={departments.filter(({ id }) => id !== deleted.id)}
          onClose={close}
        />
      )}
    </div>
  );
}

/** Where tickets are sorted into: names, order, and which customers see. */
export function DepartmentsSection() {
  const isAdmin = useViewer()?.staff.role === 'admin';
  return isAdmin ? <Departments /> : <Notice>Only administrators change the departments.</Notice>;
}
