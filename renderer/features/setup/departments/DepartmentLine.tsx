import { Pencil, Trash2 } from 'lucide-react';
import type { Department } from '../../../../shared/contract/desk.ts';
import { Badge, IconButton } from '../../../ui/index.ts';
import { OrderButtons, type OrderProps } from '../OrderButtons.tsx';

/** One department with what can be done to it. */
export function DepartmentLine({
  department: { name, isPrivate },
  canMove,
  isEditFocused,
  onEdit,
  onDelete,
  ...order
}: OrderProps & {
  department: Department;
  canMove: boolean;
  /** It was changed just now: the focus returns to its pencil. */
  isEditFocused: boolean;
  onEdit: () => void;
  onDelete: () => void;
}) {
  const isOnly = order.isFirst && order.isLast;
  return (
    <div className="flex items-center gap-1 py-1.5 pr-2 pl-3.5">
      <span className="flex min-w-0 flex-1 items-center gap-2">
        <span className="truncate">{name}</span>
        {isPrivate && <Badge>Private</Badge>}
      </span>
      {canMove && <OrderButtons name={name} {...order} />}
      <IconButton icon={Pencil} label={`Change ${name}`} autoFocus={isEditFocused} onClick={onEdit} />
      <IconButton
        icon={Trash2}
        label={isOnly ? 'The last department stays' : `Delete ${name}`}
        disabled={isOnly}
        onClick={onDelete}
      />
    </div>
  );
}
