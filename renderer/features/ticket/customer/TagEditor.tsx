import { Plus, X } from 'lucide-react';
import type { TicketRow } from '../../../../shared/contract/queues.ts';
import { useUi } from '../../../stores/index.ts';
import { Button, Icon } from '../../../ui/index.ts';
import { useTicketChange } from '../../triage/index.ts';

/** The ticket's tags; each goes with one press, new ones come from the tag picker. */
export function TagEditor({ ticket }: { ticket: TicketRow }) {
  const acts = useTicketChange();
  const pick = () => useUi.getState().set({ picker: { kind: 'tags', ticketIds: [ticket.id] } });
  return (
    <ul aria-label="Tags" className="flex flex-wrap items-center gap-1.5">
      {ticket.tags.map((tag) => (
        <li
          key={tag}
          className="inline-flex h-6 max-w-full items-center rounded-sm bg-hover pl-2 font-medium text-small text-soft"
        >
          <span className="truncate" title={tag}>
            {tag}
          </span>
          <button
            type="button"
            aria-label={`Remove the tag ${tag}`}
            onClick={() => acts.change([ticket.id], { removeTags: [tag] })}
            className="grid size-6 shrink-0 place-items-center rounded-sm text-faint transition-colors hover:text-text"
          >
            <Icon of={X} size={12} />
          </button>
        </li>
      ))}
      <li>
        <Button size="small" variant="ghost" icon={Plus} keys="t" onClick={pick} className="h-6! px-1.5!">
          {ticket.tags.length === 0 ? 'Add a tag' : 'Add'}
        </Button>
      </li>
    </ul>
  );
}
