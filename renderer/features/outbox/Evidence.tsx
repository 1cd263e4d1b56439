import type { OutboxDetail } from '../../../shared/contract/sync.ts';
import { exactTime } from '../../ui/index.ts';
import { alikeSentence, lookSentence, sentSentence } from './evidenceText.ts';
import { Part } from './Part.tsx';
import { WaitingMessage } from './WaitingMessage.tsx';

/** What speaks for and against the arrival of something that the server never answered to. */
export function Evidence({
  detail: { item, asideAt },
  evidence,
}: {
  detail: OutboxDetail;
  evidence: NonNullable<OutboxDetail['evidence']>;
}) {
  const { sentAt, alike } = evidence;
  return (
    <>
      <Part title="What is known">
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
          <Fact name="Sent">{sentSentence({ sentAt, asideAt }, exactTime)}</Fact>
          <Fact name="Answer">{item.reason || 'None came.'}</Fact>
          <Fact name="Looked for">{lookSentence(evidence, exactTime)}</Fact>
          <Fact name="Found">{alikeSentence(item, alike)}</Fact>
        </dl>
      </Part>
      {alike.length > 0 && (
        <Part title="Reads the same">
          <div className="flex flex-col gap-2">
            {alike.map((message) => (
              <WaitingMessage key={message.id} message={message} />
            ))}
          </div>
        </Part>
      )}
      <p className="text-small text-soft">
        <em className="font-medium not-italic">It arrived</em> never sends it again.{' '}
        <em className="font-medium not-italic">Send again</em> may make it arrive twice, and the customer get
        two mails.
      </p>
    </>
  );
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
