import { useState } from 'react';
import type { OutboxDetail } from '../../../shared/contract/sync.ts';
import type { MessageId } from '../../../shared/model/ids.ts';
import { Avatar, Button, exactTime } from '../../ui/index.ts';
import { MailFrame } from '../ticket/index.ts';

/** A message's text as in its thread: purified, in a document of its own, without pictures from elsewhere until asked. */
export function MessageText({ messageId, title }: { messageId: MessageId; title: string }) {
  const [hasRemote, setHasRemote] = useState(false);
  const [withImages, setWithImages] = useState(false);
  return (
    <>
      <MailFrame messageId={messageId} title={title} withImages={withImages} onRemoteImages={setHasRemote} />
      {hasRemote && !withImages && (
        <Button size="small" variant="ghost" onClick={() => setWithImages(true)}>
          Show images
        </Button>
      )}
    </>
  );
}

/** Somebody else's message, with who and when. */
export function WaitingMessage({
  message: { id, author, authorName, createdAt },
}: {
  message: OutboxDetail['news'][number];
}) {
  const isStaff = author === 'staff';
  return (
    <article
      aria-label={`${isStaff ? 'Staff' : 'Customer'}: ${authorName}`}
      className="rounded-lg border border-line bg-surface px-3.5 py-2.5"
    >
      <header className="mb-2 flex items-center gap-2.5">
        <Avatar name={authorName} picture={null} size="small" tone={isStaff ? 'accent' : 'plain'} />
        <span className="min-w-0 flex-1 truncate font-medium">
          {authorName} {isStaff && <span className="font-normal text-faint text-small">Staff</span>}
        </span>
        <time
          dateTime={new Date(createdAt).toISOString()}
          className="shrink-0 text-faint text-small tabular-nums"
        >
          {exactTime(createdAt)}
        </time>
      </header>
      <MessageText messageId={id} title={`Message from ${authorName}`} />
    </article>
  );
}
