import { Lock } from 'lucide-react';
import { memo, useMemo } from 'react';
import type { Note } from '../../../../shared/contract/tickets.ts';
import type { StaffId } from '../../../../shared/model/ids.ts';
import { Icon } from '../../../ui/index.ts';
import { cleanHtml } from '../../composer/index.ts';
import { ThreadTime } from './MessageCard.tsx';

/** A note: for the desk only, on yellow so that nobody takes it for a reply. */
export const NoteCard = memo(function NoteCard({
  note,
  viewerId,
  timeZone,
  isOpen,
  onToggle,
}: {
  note: Note;
  viewerId: StaffId | undefined;
  timeZone: string | undefined;
  isOpen: boolean;
  onToggle: (key: string) => void;
}) {
  const html = useMemo(() => cleanHtml(note.bodyHtml), [note.bodyHtml]);
  const name = note.staffId !== null && note.staffId === viewerId ? 'You' : note.authorName;
  const text = useMemo(
    () => new DOMParser().parseFromString(html, 'text/html').body.textContent ?? '',
    [html],
  );
  return (
    <article
      data-note={note.id}
      tabIndex={-1}
      aria-label={`Note: ${name}`}
      className="rounded-lg border border-note-line bg-note focus-visible:outline-offset-0"
    >
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => onToggle(`n${note.id}`)}
        className="flex h-9 w-full items-center gap-2.5 rounded-lg px-3.5 text-left text-note-ink"
      >
        <span className="grid size-5 shrink-0 place-items-center">
          <Icon of={Lock} size={14} />
        </span>
        <span className="max-w-40 shrink-0 truncate font-medium">{name}</span>
        <span className="min-w-0 flex-1 truncate">{isOpen ? 'left a note' : text}</span>
        <ThreadTime at={note.createdAt} timeZone={timeZone} />
      </button>
      {isOpen && (
        <div
          className="staffdesk-text select-text pt-0! pr-3.5! pb-3! pl-11.5!"
          // biome-ignore lint/security/noDangerouslySetInnerHtml: purified by the core, and again by cleanHtml
          dangerouslySetInnerHTML={{ __html: html }}
        />
      )}
    </article>
  );
});
