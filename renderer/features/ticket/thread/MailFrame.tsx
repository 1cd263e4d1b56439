import { useEffect, useRef, useState } from 'react';
import type { MessageId } from '../../../../shared/model/ids.ts';
import { mailUrl } from '../../../api/files.ts';
import { Button } from '../../../ui/index.ts';
import { hasRemoteImages, isMailDocument, prepareMail, watchHeight } from './mailDocument.ts';
import { useDarkTheme } from './useDarkTheme.ts';

// A message that was shown before takes its place at once, so that nothing jumps when one comes back to it.
const heights = new Map<string, number>();

function frameUrl(messageId: MessageId, withImages: boolean, isDark: boolean): string {
  const url = mailUrl(messageId, withImages);
  return isDark ? `${url}${url.includes('?') ? '&' : '?'}theme=dark` : url;
}

/**
 * A message's HTML in a document of its own: never script, no remote pictures until asked for. The frame grows
 * with its content; it never scrolls by itself.
 */
export function MailFrame({
  messageId,
  title,
  withImages,
  onRemoteImages,
}: {
  messageId: MessageId;
  title: string;
  withImages: boolean;
  onRemoteImages: (hasRemote: boolean) => void;
}) {
  const isDark = useDarkTheme();
  const url = frameUrl(messageId, withImages, isDark);
  const [height, setHeight] = useState(() => heights.get(url) ?? null);
  const [isBroken, setBroken] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const letGo = useRef<(() => void) | null>(null);
  useEffect(() => () => letGo.current?.(), []);

  const onLoad = (frame: HTMLIFrameElement) => {
    letGo.current?.();
    letGo.current = null;
    const page = frame.contentDocument;
    setBroken(!isMailDocument(page));
    if (!isMailDocument(page)) return;
    onRemoteImages(hasRemoteImages(page.body));
    const stops = [
      prepareMail(page, withImages),
      watchHeight(page, (measured) => {
        heights.set(url, measured);
        setHeight(measured);
      }),
    ];
    letGo.current = () => {
      for (const stop of stops) stop();
    };
  };

  return (
    <>
      {isBroken && (
        <p role="alert" className="flex items-center gap-3 text-soft">
          This message could not be shown.
          <Button
            size="small"
            onClick={() => {
              setBroken(false);
              setAttempt(attempt + 1);
            }}
          >
            Try again
          </Button>
        </p>
      )}
      <iframe
        key={attempt}
        src={url}
        title={title}
        data-message-frame={messageId}
        sandbox="allow-same-origin allow-popups"
        scrolling="no"
        hidden={isBroken}
        onLoad={(event) => onLoad(event.currentTarget)}
        className="block w-full border-0 bg-transparent"
        style={{ height: height ?? 24, visibility: height === null ? 'hidden' : 'visible' }}
      />
    </>
  );
}

/** The words selected inside a shown message, to quote only them. */
export function selectedIn(messageId: MessageId): string {
  const frame = document.querySelector<HTMLIFrameElement>(`iframe[data-message-frame="${messageId}"]`);
  return frame?.contentDocument?.getSelection()?.toString().trim() ?? '';
}
