import { useMutation } from '@tanstack/react-query';
import { useEffect, useImperativeHandle, useMemo, useState } from 'react';
import { trpc } from '../../api/client.ts';
import { useSyncStatus, useViewer } from '../../api/desk.ts';
import { useCommand } from '../../app/commands.ts';
import { showToast } from '../toasts/index.ts';
import { AttachButton } from './AttachButton.tsx';
import type { PaneProps } from './composerProps.ts';
import { DraftStatus } from './DraftStatus.tsx';
import type { DraftPlace } from './draftStore.ts';
import { FileChips } from './FileChips.tsx';
import { FileDrop } from './FileDrop.tsx';
import { uploadedIds } from './fileList.ts';
import { GoneNote } from './GoneNote.tsx';
import { RichEditor, type RichEditorHandle } from './RichEditor.tsx';
import { SendButton } from './SendButton.tsx';
import { SendQuestionBar } from './SendQuestionBar.tsx';
import { EMPTY_BLOCK, GONE_BLOCK, sendBlock } from './sendRules.ts';
import { startOfReply } from './signature.ts';
import { type Sending, useSend } from './useSend.ts';
import { useWriting, type Writing } from './useWriting.ts';

/** The person's first name, as «Answered Ann» and «Reply to Ann…» say it. */
function firstName(name: string, email: string): string {
  return name.trim().split(/\s+/)[0] || email;
}

function useReply(props: PaneProps, writing: Writing): Sending {
  const { mutateAsync } = useMutation(trpc.tickets.reply.mutationOptions());
  const who = firstName(props.customerName, props.customerEmail);
  // A mirror sends no mail: its server does, once the outbox has brought the answer there.
  const whatWaits = useSyncStatus() === null ? 'the mail waits' : 'the outbox sends it';
  return useSend({
    writing,
    asksBefore: true,
    barred: props.isGone ? GONE_BLOCK : null,
    deliver: async ({ close, sendAnyway }) => {
      const { groupId } = await mutateAsync({
        ticketId: props.ticketId,
        bodyHtml: writing.html,
        uploadIds: uploadedIds(writing.files.files),
        close,
        sendAnyway,
        draftId: writing.draft.draftId(),
        seenMessageId: props.seenMessageId(),
      });
      const text = `Answered ${who}${close ? ' and closed' : ''}; ${whatWaits}`;
      // Closed, the ticket is out of sight by then: taken back, it comes up again with its text.
      const reopens = close ? props.ticketId : undefined;
      showToast({ text, undoGroupId: groupId, tone: 'success', reopens });
    },
    onSent: ({ close }) => (close ? props.onClosed() : props.onSent()),
  });
}

function useSendCommands(sending: Sending, isShown: boolean): void {
  const enabled = isShown && sending.block === null;
  useCommand({
    id: 'composer.send',
    title: 'Send the reply',
    keys: ['Mod+Enter'],
    group: 'Write',
    worksInText: true,
    enabled,
    run: () => sending.send(),
  });
  useCommand({
    id: 'composer.sendAndClose',
    title: 'Send the reply and close the ticket',
    keys: ['Mod+Shift+Enter'],
    group: 'Write',
    worksInText: true,
    enabled,
    run: () => sending.send(true),
  });
}

/** The reply to the customer: text, files, and what may stand in the way of sending. */
export function ReplyPane(props: PaneProps) {
  const { ticketId, customerName, customerEmail, header, isShown, isGone } = props;
  const place = useMemo((): DraftPlace => ({ kind: 'reply', ticketId }), [ticketId]);
  const startHtml = startOfReply(useViewer()?.signatureHtml ?? '');
  const writing = useWriting({ place, startHtml });
  const sending = useReply(props, writing);
  useSendCommands(sending, isShown);
  const { onWritten } = props;
  const isWritten = sendBlock(writing.html, writing.files.files) !== EMPTY_BLOCK;
  useEffect(() => onWritten(isWritten), [isWritten, onWritten]);
  useImperativeHandle(props.editorRef, () => writing.editor.current as RichEditorHandle);
  const { files, draft, onFiles } = writing;
  // Shown once, it stays: emptied under the caret it would be gone.
  const [wasWritten, setWasWritten] = useState(isWritten);
  if (isWritten && !wasWritten) setWasWritten(true);
  const isBarred = isGone && !wasWritten;
  const who = firstName(customerName, customerEmail);
  const review = () => {
    const kind = sending.question?.kind;
    if (kind === 'newer' || kind === 'gone') props.onReviewNewer();
    sending.dropQuestion();
    writing.editor.current?.focus();
  };
  return (
    <FileDrop onFiles={(added) => onFiles(added)} label="Drop to attach" isOff={isBarred}>
      <div className="flex items-center gap-3 px-3 pt-2.5">
        {header}
        <p className="min-w-0 flex-1 truncate text-faint">
          to <span className="text-soft">{customerEmail || customerName}</span>
        </p>
      </div>
      {isGone && <GoneNote who={who} isWritten={wasWritten} />}
      <div hidden={isBarred}>
        <RichEditor
          ref={writing.editor}
          label={`Reply to ${customerName}`}
          placeholder={`Reply to ${who}…`}
          textClassName="max-h-[38vh] min-h-24"
          isReadOnly={sending.isSending}
          onChange={writing.onChange}
          onBlur={() => void draft.flush()}
          onFiles={onFiles}
          onKey={(key) => (key === 'leave' ? props.onLeave() : sending.send(key === 'send_and_close'))}
          toolbarStart={<AttachButton onFiles={(added) => onFiles(added)} />}
          toolbarEnd={
            <>
              {files.files.some((file) => file.state === 'uploading') ? (
                <span className="truncate text-faint text-small">{sending.block}</span>
              ) : (
                <DraftStatus draft={draft} />
              )}
              <SendButton
                label="Send"
                block={sending.block}
                isSending={sending.isSending}
                onSend={() => sending.send()}
                onSendAndClose={() => sending.send(true)}
              />
            </>
          }
        >
          <FileChips files={files.files} onRetry={files.retry} onRemove={files.remove} />
          {sending.question && (
            <SendQuestionBar
              question={sending.question}
              onSendAnyway={sending.sendAnyway}
              onReview={review}
            />
          )}
        </RichEditor>
      </div>
    </FileDrop>
  );
}
