import { MailOpen } from 'lucide-react';
import { useList } from '../stores/index.ts';
import { EmptyState, Kbd } from '../ui/index.ts';
import { runCommand } from './commands.ts';

/** The ticket pane while no ticket is selected. */
export function NoTicket() {
  const hasRows = useList((state) => state.order.length > 0);
  return (
    <div className="min-w-0 flex-1 bg-sunken">
      {hasRows ? (
        <EmptyState
          icon={MailOpen}
          text="Choose a ticket to read it."
          detail={
            <span className="inline-flex items-center gap-1.5">
              <Kbd keys="j" /> and <Kbd keys="k" /> move through the list
            </span>
          }
          action={{ label: 'Open the first', keys: 'j', run: () => runCommand('next') }}
        />
      ) : (
        <EmptyState icon={MailOpen} text="No ticket is open." />
      )}
    </div>
  );
}
