import { Check, CircleAlert } from 'lucide-react';
import { Icon } from '../../ui/index.ts';
import type { DraftControl } from './useDraft.ts';

/** Whether what was typed is safe. «Draft saved» only after the core answered, and only once the typing pauses. */
export function DraftStatus({ draft }: { draft: DraftControl }) {
  const { saveState, error } = draft;
  if (error) {
    return (
      <span role="alert" className="flex min-w-0 items-center gap-1.5 text-danger-ink text-small">
        <Icon of={CircleAlert} size={14} />
        <span className="truncate" title={error.message}>
          Draft not saved. {error.message}
        </span>
      </span>
    );
  }
  return (
    <span role="status" className="text-faint text-small">
      {saveState === 'saved' && (
        <span className="flex animate-late items-center gap-1">
          <Icon of={Check} size={14} />
          Draft saved
        </span>
      )}
    </span>
  );
}
