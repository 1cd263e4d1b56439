import { ImageOff, Paperclip } from 'lucide-react';
import { memo, useState } from 'react';
import type { Attachment } from '../../../../shared/contract/queues.ts';
import type { Message } from '../../../../shared/contract/tickets.ts';
import type { StaffId, TicketId } from '../../../../shared/model/ids.ts';
import { useStaffPicture } from '../../../api/desk.ts';
import { Avatar, Button, classes, exactTime, Icon, useNow } from '../../../ui/index.ts';
import { plainText } from '../../composer/index.ts';
import { SendingMark } from '../../sync/index.ts';
import { AttachmentList } from './AttachmentList.tsx';
import { MailFrame } from './MailFrame.tsx';
import { MailMark } from './MailMark.tsx';
import { MessageMenu } from './MessageMenu.tsx';
import { StoredNote } from './StoredNote.tsx';
import { threadTime } from './threadTime.ts';

export type MessageCardProps = {
  ticketId: TicketId;
  message: Message;
  viewerId: StaffId | undefined;
  timeZone: string | undefined;
  isOpen: boolean;
  /** Keyboard stop of ] and [. */
  isCurrent: boolean;
  /** By the item's key in the thread. */
  onToggle: (key: string) => void;
  onQuote: (message: Message) => void;
  onPreview: (message: Message, attachment: Attachment) => void;
};

export function ThreadTime({ at, timeZone }: { at: number; timeZone: string | undefined }) {
  const now = useNow();
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={exactTime(at, timeZone)}
      className="shrink-0 whitespace-nowrap text-faint text-small tabular-nums"
    >
      {threadTime(at, now, timeZone)}
    </time>
  );
}

const SOURCE_WORDS: Partial<Record<Message['source'], string>> = {
  mail: 'by e-mail',
  api: 'through the API',
};

/** Purified by the core and shown in a frame of its own; only on request as bare text in the app's document. */
function MessageBody({ message, isPlain }: { message: Message; isPlain: boolean }) {
  const [hasRemote, setHasRemote] = useState(false);
  const [withImages, setWithImages] = useState(false);
  if (isPlain) {
    return (
      <pre className="select-text whitespace-pre-wrap break-words font-mono text-ui leading-5">
        {plainText(message.bodyHtml)}
      </pre>
    );
  }
  return (
    <>
      {hasRemote && !withImages && (
        <p className="mb-2 flex items-center gap-2 text-faint text-small">
          <Icon of={ImageOff} size={14} />
          Pictures from other servers are not loaded.
          <Button size="small" variant="ghost" onClick={() => setWithImages(true)}>
            Show images
          </Button>
        </p>
      )}
      <MailFrame
        messageId={message.id}
        title={`Message from ${message.authorName}`}
        withImages={withImages}
        onRemoteImages={setHasRemote}
      />
    </>
  );
}

function AuthorAvatar({ message, size }: { message: Message; size: 'small' | 'medium' }) {
  const isStaff = message.author === 'staff';
  const picture = useStaffPicture(isStaff ? message.staffId : null);
  return (
    <Avatar name={message.authorName} picture={picture} size={size} tone={isStaff ? 'accent' : 'plain'} />
  );
}

function ClosedLine({ message, name, timeZone, onToggle }: MessageCardProps & { name: string }) {
  return (
    <button
      type="button"
      aria-expanded="false"
      onClick={() => onToggle(`m${message.id}`)}
      className="flex h-9 w-full items-center gap-2.5 rounded-lg px-3.5 text-left transition-colors hover:bg-hover"
    >
      <AuthorAvatar message={message} size="small" />
      <span className="max-w-40 shrink-0 truncate font-medium text-soft">{name}</span>
      <span className="min-w-0 flex-1 truncate text-faint">{message.preview}</span>
      {message.attachments.length > 0 && (
        <span className="inline-flex items-center gap-1 text-faint text-small">
          <Icon of={Paperclip} size={14} />
          {message.attachments.length}
          <span className="sr-only">attachments</span>
        </span>
      )}
      <MailMark mail={message.mail} isShort />
      <SendingMark sending={message.sending} messageId={message.id} />
      <ThreadTime at={message.createdAt} timeZone={timeZone} />
    </button>
  );
}

/** One message: a line when closed, with its header, text and files when open. */
export const MessageCard = memo(function MessageCard(props: MessageCardProps) {
  const { ticketId, message, viewerId, timeZone, isOpen, isCurrent, onToggle, onQuote, onPreview } = props;
  const [isPlain, setPlain] = useState(false);
  const isStaff = message.author === 'staff';
  const name = isStaff && message.staffId === viewerId ? 'You' : message.authorName;
  const listed = message.attachments.filter((attachment) => !attachment.isInline);
  const source = SOURCE_WORDS[message.source];
  return (
    <article
      id={`message-${message.id}`}
      data-message={message.id}
      tabIndex={-1}
      aria-label={`${isStaff ? 'Staff' : 'Customer'}: ${name}`}
      aria-current={isCurrent || undefined}
      className={classes(
        'rounded-lg border focus-visible:outline-offset-0',
        isStaff ? 'border-accent/25' : 'border-line',
        isOpen ? 'bg-surface' : 'bg-surface/60',
      )}
    >
      {isOpen ? (
        <>
          <header className="flex items-center gap-2.5 px-3.5 pt-2.5">
            <button
              type="button"
              aria-expanded="true"
              title="Close this message"
              onClick={() => onToggle(`m${message.id}`)}
              className="-m-1 flex min-w-0 flex-1 items-center gap-2.5 rounded-md p-1 text-left"
            >
              <AuthorAvatar message={message} size="medium" />
              <span className="min-w-0 truncate font-semibold">{name}</span>
              <span className="min-w-0 shrink-0 text-faint text-small">
                {isStaff && 'Staff'}
                {isStaff && source && ' · '}
                {source}
              </span>
            </button>
            <MailMark mail={message.mail} />
            <SendingMark sending={message.sending} messageId={message.id} />
            <ThreadTime at={message.createdAt} timeZone={timeZone} />
            <MessageMenu
              ticketId={ticketId}
              message={message}
              isPlain={isPlain}
              onPlain={setPlain}
              onQuote={() => onQuote(message)}
            />
          </header>
          <div className="px-3.5 pt-2 pb-3.5 pl-13">
            <MessageBody message={message} isPlain={isPlain} />
            <StoredNote stored={message.asStored} />
            <AttachmentList attachments={listed} onPreview={(attachment) => onPreview(message, attachment)} />
          </div>
        </>
      ) : (
        <ClosedLine {...props} name={name} />
      )}
    </article>
  );
});
