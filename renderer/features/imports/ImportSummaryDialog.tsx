import type { ImportItem } from '../../../shared/contract/system.ts';
import { ticketId } from '../../../shared/model/ids.ts';
import { useUi } from '../../stores/index.ts';
import { Badge, Button, Dialog } from '../../ui/index.ts';
import { closeSummary, useImports } from './importStore.ts';
import { OUTCOME_TEXT, summaryOfJobs } from './summaryText.ts';

const SHOWN = 200;

/** What became of each message of an import, failures first; one dialog for all files dropped together. */
export function ImportSummaryDialog() {
  const isUnderWay = useImports((state) => state.sending.length > 0 || state.startedJobs.size > 0);
  const jobs = useImports((state) => state.finished);
  if (isUnderWay || jobs.length === 0) return null;
  const { title, text, items } = summaryOfJobs(jobs);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && closeSummary()}
      title={title}
      description={text}
      footer={
        <Button variant="primary" onClick={closeSummary}>
          Done
        </Button>
      }
    >
      <Items items={items} />
    </Dialog>
  );
}

function Items({ items }: { items: readonly ImportItem[] }) {
  if (items.length === 0) return null;
  return (
    <>
      <ul className="rounded-md border border-line">
        {items.slice(0, SHOWN).map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and sources may repeat
          <ItemRow key={index} item={item} />
        ))}
      </ul>
      {items.length > SHOWN && (
        <p className="mt-2 text-faint text-small">and {(items.length - SHOWN).toLocaleString('en')} more</p>
      )}
    </>
  );
}

function ItemRow({ item }: { item: ImportItem }) {
  const id = ticketId.safeParse(item.ticketId);
  const isBad = item.outcome === 'failed' || item.outcome === 'suspended';
  return (
    <li className="flex items-center gap-3 border-line border-b px-3 py-2 last:border-b-0">
      <span className="min-w-0 flex-1">
        <span className="block truncate">{item.source}</span>
        {item.reason && <span className="block text-faint text-small">{item.reason}</span>}
      </span>
      <Badge tone={isBad ? 'danger' : 'plain'}>{OUTCOME_TEXT[item.outcome]}</Badge>
      {id.success && (
        <Button
          size="small"
          variant="ghost"
          onClick={() => {
            closeSummary();
            useUi.getState().openTicket(id.data);
          }}
        >
          Open #{id.data}
        </Button>
      )}
    </li>
  );
}
