import { Notice } from '../../ui/index.ts';

/** Where the reply would be, in a ticket that the server has deleted. */
export function GoneNote({ who, isWritten }: { who: string; isWritten: boolean }) {
  return (
    <div className="px-3.5 pt-2.5 pb-3">
      <Notice>
        The server has deleted this ticket, so {who} can’t be answered in it. Notes stay possible
        {isWritten && ', and what is written here is kept as a draft'}.
      </Notice>
    </div>
  );
}
