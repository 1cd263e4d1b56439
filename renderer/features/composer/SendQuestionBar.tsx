import { CircleAlert } from 'lucide-react';
import { assertNever } from '../../../shared/util/assertNever.ts';
import { Button, classes, Icon } from '../../ui/index.ts';
import type { SendQuestion } from './sendRules.ts';

function sentence(question: SendQuestion): string {
  switch (question.kind) {
    case 'attachment':
      return `You wrote “${question.word}”, but no file is attached.`;
    case 'failed_files':
      return question.count === 1
        ? 'One file did not arrive and would be missing.'
        : `${question.count} files did not arrive and would be missing.`;
    case 'newer':
      return question.count === 1
        ? 'A newer message arrived while you were writing.'
        : `${question.count} newer messages arrived while you were writing.`;
    case 'gone':
      return 'This text was already sent, or its draft was discarded in another window. Look at the conversation first.';
    case 'error':
      return `Not sent. ${question.error.message}`;
    default:
      return assertNever(question);
  }
}

/** What keeps a message from leaving, with the way on. The text stays where it is in every case. */
export function SendQuestionBar({
  question,
  onSendAnyway,
  onReview,
}: {
  question: SendQuestion;
  onSendAnyway: () => void;
  /** Back to the text, or to what arrived. */
  onReview: () => void;
}) {
  const isError = question.kind === 'error';
  return (
    <div
      role="alert"
      className={classes(
        'mx-3 mb-2 flex flex-wrap items-center gap-x-3 gap-y-1.5 rounded-md py-1.5 pr-1.5 pl-2.5',
        isError ? 'bg-danger-soft' : 'bg-accent-soft',
      )}
    >
      <Icon of={CircleAlert} className={isError ? 'text-danger-ink' : 'text-accent-ink'} />
      <p className="min-w-0 flex-1 basis-60">{sentence(question)}</p>
      <div className="flex gap-2">
        <Button size="small" onClick={onReview}>
          {question.kind === 'newer' || question.kind === 'gone'
            ? 'Review'
            : isError
              ? 'Keep writing'
              : 'Go back'}
        </Button>
        <Button size="small" variant="primary" onClick={onSendAnyway}>
          {isError ? 'Try again' : 'Send anyway'}
        </Button>
      </div>
    </div>
  );
}
