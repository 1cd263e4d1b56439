import { useState } from 'react';
import { toAppError } from '../../api/errors.ts';
import { questionAfterRefusal, questionBeforeSend, type SendQuestion, sendBlock } from './sendRules.ts';
import type { Writing } from './useWriting.ts';

export type SendOptions = { close: boolean; sendAnyway: boolean };
export type Sending = {
  isSending: boolean;
  block: string | null;
  question: SendQuestion | null;
  send: (close?: boolean) => void;
  /** Goes on in spite of the question. */
  sendAnyway: () => void;
  dropQuestion: () => void;
};

/**
 * The way from text to sent: asks what must be asked, has the draft on disk first, and empties the composer
 * only after the core has the message.
 */
export function useSend(options: {
  writing: Writing;
  /** Asks about forgotten files; notes are not asked. */
  asksBefore: boolean;
  /** Why nothing can be sent, whatever is written; null = it can. */
  barred?: string | null;
  deliver: (options: SendOptions) => Promise<void>;
  /** It has left and the composer is empty. */
  onSent?: (options: SendOptions) => void;
}): Sending {
  const { writing, asksBefore, deliver } = options;
  const { html, draft } = writing;
  const { files } = writing.files;
  const [isSending, setSending] = useState(false);
  const [asked, setAsked] = useState<{ question: SendQuestion; close: boolean } | null>(null);
  const block = options.barred ?? sendBlock(html, files);

  const run = async (how: SendOptions) => {
    setSending(true);
    setAsked(null);
    try {
      // Should sending fail half-way, the text is safe. A draft that can't be saved does not stop the message.
      await draft.flush();
      await deliver(how);
      writing.clear();
      options.onSent?.(how);
    } catch (error) {
      const question = questionAfterRefusal(toAppError(error));
      // Sent anyway, it goes without the draft that is gone.
      if (question.kind === 'gone') draft.reset();
      setAsked({ question, close: how.close });
    } finally {
      setSending(false);
    }
  };
  const send = (close = false) => {
    if (block !== null || isSending) return;
    const question = asksBefore ? questionBeforeSend(html, files) : null;
    if (question) setAsked({ question, close });
    else void run({ close, sendAnyway: false });
  };
  const sendAnyway = () => {
    if (!asked || block !== null || isSending) return;
    void run({ close: asked.close, sendAnyway: asked.question.kind === 'newer' });
  };
  return {
    isSending,
    block,
    question: asked?.question ?? null,
    send,
    sendAnyway,
    dropQuestion: () => setAsked(null),
  };
}
