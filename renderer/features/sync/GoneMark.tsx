import { CloudOff } from 'lucide-react';
import { Icon } from '../../ui/index.ts';

/** A ticket that the server has deleted; nothing where it is there. */
export function GoneMark({ isGone }: { isGone: boolean }) {
  if (!isGone) return null;
  return (
    <span
      title="The server has deleted this ticket. It is on this desk only."
      className="inline-flex shrink-0 items-center self-center text-faint"
    >
      <Icon of={CloudOff} size={13} />
      <span className="sr-only">Deleted on the server</span>
    </span>
  );
}
