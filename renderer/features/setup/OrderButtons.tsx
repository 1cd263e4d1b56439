import { ArrowDown, ArrowUp } from 'lucide-react';
import { IconButton } from '../../ui/index.ts';

/** What a line of an ordered list has: where it stands, and the way to move it (useReorder). */
export type OrderProps = {
  isFirst: boolean;
  isLast: boolean;
  onMove: (direction: 'up' | 'down') => void;
};

export function OrderButtons({ name, isFirst, isLast, onMove }: OrderProps & { name: string }) {
  return (
    <>
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
    </>
  );
}
