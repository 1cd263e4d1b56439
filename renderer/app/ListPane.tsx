import { BulkBar, DraftList, focusList, QueueView } from '../features/queue/index.ts';
import { SearchField, SearchResults } from '../features/search/index.ts';
import { AwayNotice, FirstSyncNote } from '../features/sync/index.ts';
import { useUi } from '../stores/index.ts';
import { classes } from '../ui/index.ts';
import { PaneHandle } from './PaneHandle.tsx';

/** Search on top, below it the queue, the results or the drafts. */
export function ListPane({ isNarrow }: { isNarrow: boolean }) {
  const listWidth = useUi((state) => state.listWidth);
  return (
    <section
      aria-label="Tickets"
      style={isNarrow ? undefined : { width: listWidth }}
      className={classes(
        'relative flex flex-col border-line bg-surface',
        isNarrow ? 'min-w-0 flex-1' : 'shrink-0 border-r',
      )}
    >
      <div className="flex h-12 shrink-0 items-center px-3">
        <SearchField />
      </div>
      <ListBody />
      <FirstSyncNote />
      <AwayNotice onGone={focusList} />
      <BulkBar />
      {!isNarrow && <PaneHandle />}
    </section>
  );
}

function ListBody() {
  const place = useUi((state) => state.place);
  switch (place.kind) {
    case 'queue':
      return <QueueView queue={place.queue} />;
    case 'search':
      return <SearchResults text={place.text} />;
    case 'drafts':
      return <DraftList />;
    case 'setup':
    case 'outbox':
    case 'aboard':
    case 'conflicts':
      return null;
  }
}
