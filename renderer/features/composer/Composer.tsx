import { useCallback, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useCommand } from '../../app/commands.ts';
import { classes, Segmented } from '../../ui/index.ts';
import { textToHtml } from './cleanHtml.ts';
import type { ComposerHandle, ComposerKind, ComposerProps } from './composerProps.ts';
import { NotePane } from './NotePane.tsx';
import { ReplyPane } from './ReplyPane.tsx';
import type { RichEditorHandle } from './RichEditor.tsx';

type Written = Record<ComposerKind, boolean>;

/** A dot marks the side that holds text out of sight. */
function segments(kind: ComposerKind, written: Written) {
  const mark = (side: ComposerKind) => (written[side] && side !== kind ? ' •' : '');
  return [
    { value: 'reply', label: `Reply${mark('reply')}` },
    { value: 'note', label: `Note${mark('note')}` },
  ] as const;
}

/** Where replies and notes are written; both drafts live side by side, one is in sight. */
export function Composer(props: ComposerProps) {
  const { start } = props;
  const [kind, setKind] = useState<ComposerKind>(start?.kind ?? 'reply');
  // A note is rare: its field is made when it is first wanted, and then keeps its text and caret.
  const [hasNote, setHasNote] = useState(props.hasDraft || kind === 'note');
  const [written, setWritten] = useState<Written>({ reply: false, note: false });
  const reply = useRef<RichEditorHandle>(null);
  const note = useRef<RichEditorHandle>(null);
  const show = (next: ComposerKind) => {
    // At once: the very next letter must land in the text, and not act as a shortcut.
    flushSync(() => {
      setKind(next);
      if (next === 'note') setHasNote(true);
    });
    (next === 'note' ? note : reply).current?.focus();
  };
  const handle: ComposerHandle = {
    reply: () => show('reply'),
    note: () => show('note'),
    quote: (html) => {
      flushSync(() => setKind('reply'));
      reply.current?.insertQuote(html);
    },
  };
  useImperativeHandle(props.ref, () => handle);
  // Before the next key: the field that it went to until now leaves with this very look.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, with what was there at first
  useLayoutEffect(() => {
    if (!start) return;
    const editor = (start.kind === 'note' ? note : reply).current;
    if (start.text !== '') editor?.append(textToHtml(start.text));
    editor?.focus();
    props.onStarted?.();
  }, []);
  useCommand({ id: 'composer.reply', title: 'Reply', keys: ['r'], group: 'Write', run: handle.reply });
  useCommand({ id: 'composer.note', title: 'Add a note', keys: ['n'], group: 'Write', run: handle.note });
  const onReplyWritten = useCallback(
    (isWritten: boolean) => setWritten((before) => ({ ...before, reply: isWritten })),
    [],
  );
  const onNoteWritten = useCallback(
    (isWritten: boolean) => setWritten((before) => ({ ...before, note: isWritten })),
    [],
  );
  const header = (
    <Segmented label="What to write" value={kind} onValueChange={show} segments={segments(kind, written)} />
  );
  return (
    <section
      aria-label={kind === 'note' ? 'Note' : 'Reply'}
      className={classes(
        'shrink-0 border-t transition-colors',
        kind === 'note' ? 'border-note-line bg-note' : 'border-line bg-surface',
      )}
    >
      <div hidden={kind !== 'reply'}>
        <ReplyPane
          {...props}
          header={header}
          editorRef={reply}
          isShown={kind === 'reply'}
          onWritten={onReplyWritten}
        />
      </div>
      {hasNote && (
        <div hidden={kind !== 'note'}>
          <NotePane
            {...props}
            header={header}
            editorRef={note}
            isShown={kind === 'note'}
            onWritten={onNoteWritten}
          />
        </div>
      )}
    </section>
  );
}
