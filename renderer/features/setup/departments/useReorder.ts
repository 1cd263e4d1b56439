import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Department } from '../../../../shared/contract/desk.ts';
import { queryClient, trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { showToast } from '../../toasts/index.ts';
import { movedOrder } from './departmentOrder.ts';

type Move = { department: Department; direction: 'up' | 'down' };

/** Puts a line back under the finger that moved it: React may take the focus away with the element. */
function focusMoved(list: HTMLElement | null, { department, direction }: Move): void {
  const line = list?.querySelector(`[data-department="${department.id}"]`);
  const same = line?.querySelector<HTMLButtonElement>(`[data-move="${direction}"]:enabled`);
  (same ?? line?.querySelector<HTMLButtonElement>('[data-move]:enabled'))?.focus();
}

/** Moves departments up and down; says where one went. */
export function useReorder(departments: readonly Department[]) {
  const list = useRef<HTMLOListElement>(null);
  const [moved, setMoved] = useState<Move | null>(null);
  const { mutate } = useMutation(
    trpc.departments.reorder.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.departments.pathKey() }),
      onError: (error) => showToast({ text: toAppError(error).message, tone: 'danger' }),
    }),
  );
  const place = departments.findIndex(({ id }) => id === moved?.department.id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows the place in the list
  useEffect(() => {
    if (moved) focusMoved(list.current, moved);
  }, [place]);
  return {
    list,
    announcement: moved ? `${moved.department.name} is ${place + 1} of ${departments.length}` : '',
    move: (department: Department, direction: 'up' | 'down') => {
      setMoved({ department, direction });
      const order = departments.map(({ id }) => id);
      mutate({ departmentIds: movedOrder(order, department.id, direction) });
    },
  };
}
