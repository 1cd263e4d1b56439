import { ArrowUpFromLine, CircleHelp, TriangleAlert } from 'lucide-react';
import type { TicketRow } from '../../../shared/contract/queues.ts';
import type { Sending } from '../../../shared/contract/sync.ts';
import type { MessageId } from '../../../shared/model/ids.ts';
import { Badge, classes, Icon } from '../../ui/index.ts';
import { STATE_WORDS, uploadPercent } from './syncText.ts';
import { useUpload } from './useUpload.ts';

/** How far a message is on its way to the server; nothing where it is there. */
export function SendingMark({ sending, messageId }: { sending: Sending | null; messageId: MessageId }) {
  const upload = useUpload(({ messageId: id }) => id === messageId);
  if (!sending) return null;
  const { word, sentence, tone } = STATE_WORDS[sending.state];
  const reason = sending.reason ? ` ${sending.reason}` : '';
  return (
    <span title={`${sentence}${reason}`} className="inline-flex shrink-0">
      <Badge tone={tone}>
        {word}
        {upload && sending.state === 'sending' && (
          <span className="tabular-nums"> {uploadPercent(upload)} %</span>
        )}
        <span className="sr-only">: {`${sentence}${reason}`}</span>
      </Badge>
    </span>
  );
}

const TICKET_MARKS = {
  waiting: {
    ...{ icon: ArrowUpFromLine, ink: 'text-faint', word: 'Waiting' },
    sentence: 'The server has not confirmed everything of this ticket yet.',
  },
  unsure: {
    ...{ icon: CircleHelp, ink: 'text-awaiting-ink', word: 'Unsure' },
    sentence: 'Nobody knows whether something of this ticket arrived on the server.',
  },
  undecided: {
    ...{ icon: TriangleAlert, ink: 'text-danger-ink', word: 'To decide' },
    sentence: 'Something of this ticket waits for you in the outbox.',
  },
};

/** A ticket of which something is not on the server yet. */
export function TicketSendingMark({
  sending,
  withWords = false,
}: {
  sending: TicketRow['sending'];
  withWords?: boolean;
}) {
  if (sending === null) return null;
  const { icon, ink, word, sentence } = TICKET_MARKS[sending];
  return (
    <span
      title={sentence}
      className={classes('inline-flex shrink-0 items-center gap-1 self-center text-small', ink)}
    >
      <Icon of={icon} size={13} />
      <span className={withWords ? undefined : 'sr-only'}>{word}</span>
    </span>
  );
}
