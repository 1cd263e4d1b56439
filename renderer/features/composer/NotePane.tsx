import { useMutation } from '@tanstack/react-query';
import { Lock } from 'lucide-react';
import { useEffect, useImperativeHandle, useMemo } from 'react';
import { trpc } from '../../api/client.ts';
import { Icon } from '../../ui/index.ts';
import { showToast } from '../toasts/index.ts';
import type { PaneProps } from './composerProps.ts';
import { DraftStatus } from './DraftStatus.tsx';
import type { DraftPlace } from './draftStore.ts';
import { FileDrop } from './FileDrop.tsx';
import { RichEditor, type RichEditorHandle } from './RichEditor.tsx';
import { SendButton } from './SendButton.tsx';
import { SendQuestionBar } from './SendQuestionBar.tsx';
import { EMPTY_BLOCK } from './sendRules.ts';
import { useSend } from './useSend.ts';
import { useWriting } from './useWriting.ts';

const NO_FILES = 'Notes carry no files. Attach it to a reply instead.';

/** A note for the desk; the customer never sees it, and the yellow says so. */
export function NotePane(props: PaneProps) {
  const { ticketId, header } = props;
  const place = useMemo((): DraftPlace => ({ kind: 'note', ticketId }), [ticketId]);
  const writing = useWriting({ place });
  const { mutateAsync } = useMutation(trpc.tickets.addNote.mutationOptions());
  const sending = useSend({
    writing,
    asksBefore: false,
    deliver: async () => {
      const draftId = writing.draft.draftId();
      const { groupId } = await mutateAsync({ ticketId, bodyHtml: writing.html, draftId });
      showToast({ text: 'Note added', undoGroupId: groupId, tone: 'success' });
    },
    onSent: props.onSent,
  });
  const { onWritten } = props;
  const isWritten = sending.block !== EMPTY_BLOCK;
  useEffect(() => onWritten(isWritten), [isWritten, onWritten]);
  useImperativeHandle(props.editorRef, () => writing.editor.current as RichEditorHandle);
  const refuseFiles = () => showToast({ text: NO_FILES, tone: 'danger' });
  const review = () => {
    sending.dropQuestion();
    writing.editor.current?.focus();
  };
  return (
    <FileDrop onFiles={refuseFiles} label={NO_FILES}>
      <div className="flex items-center gap-3 px-3 pt-2.5">
        {header}
        <p className="flex min-w-0 flex-1 items-center gap-1.5 truncate text-note-ink">
          <Icon of={Lock} size={14} />
          Only the desk sees this
        </p>
      </div>
      <RichEditor
        ref={writing.editor}
        label="Note for the desk"
        placeholder="Write a note for the desk…"
        textClassName="max-h-[38vh] min-h-24"
        isReadOnly={sending.isSending}
        onChange={writing.onChange}
        onBlur={() => void writing.draft.flush()}
        onFiles={refuseFiles}
        onKey={(key) => (key === 'leave' ? props.onLeave() : sending.send())}
        toolbarEnd={
          <>
            <DraftStatus draft={writing.draft} />
            <SendButton
              label="Add note"
              block={sending.block}
              isSending={sending.isSending}
              onSend={() => sending.send()}
            />
          </>
        }
      >
        {sending.question && (
          <SendQuestionBar question={sending.question} onSendAnyway={sending.sendAnyway} onReview={review} />
        )}
      </RichEditor>
    </FileDrop>
  );
}
