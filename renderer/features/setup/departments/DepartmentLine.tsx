import { ArrowDown, ArrowUp, Pencil, Trash2 } from 'lucide-react';
import type { Department } from '../../../../shared/contract/desk.ts';
import { Badge, IconButton } from '../../../ui/index.ts';

/** One department with what can be done to it. */
export function DepartmentLine({
  department: { name, isPrivate },
  isEditFocused,
  isFirst,
  isLast,
  onMove,
  onEdit,
  onDelete,
}: {
  department: Department;
  /** It was changed just now: the focus returns to its pencil. */
  isEditFocused: boolean;
  isFirst: boolean;
  isLast: boolean;
  onMove: (direction: 'up' | 'down') => void;
  onEdit: () => void;
  onDelete: () => void;
}) {
  return (
    <div className="flex items-center gap-1 py-1.5 pr-2 pl-3.5">
      <span className="flex min-w-0 flex-1 items-center gap-2">
        <span className="truncate">{name}</span>
        {isPrivate && <Badge>Private</Badge>}
      </span>
      <IconButton
        icon={ArrowUp}
        label={`Move ${name} up`}
        disabled={isFirst}
        data-move="up"
        onClick={() => onMove('up')}
      />
      <IconButton
        icon={ArrowDown}
        label={`Move ${name} down`}
        disabled={isLast}
        data-move="down"
        onClick={() => onMove('down')}
      />
      <IconButton icon={Pencil} label={`Change ${name}`} autoFocus={isEditFocused} onClick={onEdit} />
      <IconButton
        icon={Trash2}
        label={isFirst && isLast ? 'The last department stays' : `Delete ${name}`}
        disabled={isFirst && isLast}
        onClick={onDelete}
      />
    </div>
  );
}
