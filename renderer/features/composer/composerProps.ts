import type { ReactNode, Ref } from 'react';
import type { MessageId, TicketId } from '../../../shared/model/ids.ts';
import type { RichEditorHandle } from './RichEditor.tsx';

export type ComposerKind = 'reply' | 'note';
export type ComposerHandle = {
  reply: () => void;
  note: () => void;
  /** Puts a quote into the reply. */
  quote: (html: string) => void;
};

/** What somebody began to write before the composer was there. */
export type ComposerStart = { readonly kind: ComposerKind; readonly text: string };

export type ComposerProps = {
  ref?: Ref<ComposerHandle>;
  ticketId: TicketId;
  /** Read once, with the first look; `onStarted` says that it stands in the text. */
  start?: ComposerStart | null;
  onStarted?: () => void;
  /** The ticket has a draft of this person: it may be a note. */
  hasDraft: boolean;
  /** The server of a remote workspace has deleted the ticket: it takes notes, and no answer. */
  isGone: boolean;
  customerName: string;
  customerEmail: string;
  /** The newest message the person has had before their eyes. */
  seenMessageId: () => MessageId | null;
  /** Shows what arrived while one wrote. */
  onReviewNewer: () => void;
  /** After the core has it; the composer is empty again. */
  onSent: () => void;
  /** The same after a reply that closed the ticket. */
  onClosed: () => void;
  /** Escape in the text: where focus goes. */
  onLeave: () => void;
};

export type PaneProps = ComposerProps & {
  /** The Reply | Note switch. */
  header: ReactNode;
  editorRef: Ref<RichEditorHandle>;
  isShown: boolean;
  /** Whether something is written here: the switch marks the side one does not see. */
  onWritten: (isWritten: boolean) => void;
};
