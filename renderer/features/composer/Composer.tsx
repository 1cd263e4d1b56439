import { useImperativeHandle, useRef, useState } from 'react';
import { useCommand } from '../../app/commands.ts';
import { classes, Segmented } from '../../ui/index.ts';
import type { ComposerHandle, ComposerKind, ComposerProps } from './composerProps.ts';
import { NotePane } from './NotePane.tsx';
import { ReplyPane } from './ReplyPane.tsx';
import type { RichEditorHandle } from './RichEditor.tsx';

const SEGMENTS = [
  { value: 'reply', label: 'Reply' },
  { value: 'note', label: 'Note' },
] as const;

/** Where replies and notes are written; both drafts live side by side, one is in sight. */
export function Composer(props: ComposerProps) {
  const [kind, setKind] = useState<ComposerKind>('reply');
  // A note is rare: its field is made when it is first wanted, and then keeps its text and caret.
  const [hasNote, setHasNote] = useState(false);
  const reply = useRef<RichEditorHandle>(null);
  const note = useRef<RichEditorHandle>(null);
  const show = (next: ComposerKind) => {
    setKind(next);
    if (next === 'note') setHasNote(true);
    // After the field is in sight; a hidden one can't take focus.
    requestAnimationFrame(() => (next === 'note' ? note : reply).current?.focus());
  };
  const handle: ComposerHandle = {
    reply: () => show('reply'),
    note: () => show('note'),
    quote: (html) => {
      setKind('reply');
      requestAnimationFrame(() => reply.current?.insertQuote(html));
    },
  };
  useImperativeHandle(props.ref, () => handle);
  useCommand({ id: 'composer.reply', title: 'Reply', keys: ['r'], group: 'Write', run: handle.reply });
  useCommand({ id: 'composer.note', title: 'Add a note', keys: ['n'], group: 'Write', run: handle.note });
  const header = <Segmented label="What to write" value={kind} onValueChange={show} segments={SEGMENTS} />;
  return (
    <section
      aria-label={kind === 'note' ? 'Note' : 'Reply'}
      className={classes(
        'shrink-0 border-t transition-colors',
        kind === 'note' ? 'border-note-line bg-note' : 'border-line bg-surface',
      )}
    >
      <div hidden={kind !== 'reply'}>
        <ReplyPane {...props} header={header} editorRef={reply} isShown={kind === 'reply'} />
      </div>
      {hasNote && (
        <div hidden={kind !== 'note'}>
          <NotePane {...props} header={header} editorRef={note} isShown={kind === 'note'} />
        </div>
      )}
    </section>
  );
}
