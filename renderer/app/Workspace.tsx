import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { AboardScreen } from '../features/aboard/index.ts';
import { MailImport } from '../features/imports/index.ts';
import { NewTicketDialog } from '../features/newTicket/index.ts';
import { ConflictsScreen, OutboxScreen } from '../features/outbox/index.ts';
import { CommandPalette, ShortcutHelp } from '../features/palette/index.ts';
import { useListCommands } from '../features/queue/index.ts';
import { Rail } from '../features/rail/index.ts';
import { SetupCommands, SetupScreen } from '../features/setup/index.ts';
import { StatusBar } from '../features/statusBar/index.ts';
import { CustomerPane, TicketPane, useTicketLinks } from '../features/ticket/index.ts';
import { TriagePickers, useTriageCommands } from '../features/triage/index.ts';
import { fillsWindow, useUi } from '../stores/index.ts';
import { classes, IconButton } from '../ui/index.ts';
import { useCommand } from './commands.ts';
import { ListPane } from './ListPane.tsx';
import { NoTicket } from './NoTicket.tsx';
import { useMediaQuery } from './useMediaQuery.ts';
import { useNotifications } from './useNotifications.ts';
import { useSettleByKey } from './useSettleByKey.ts';
import { useSettled } from './useSettled.ts';

/** Rail, list, ticket, customer: the screen people sit in. */
export function Workspace() {
  const place = useUi((state) => state.place);
  const newTicket = useUi((state) => state.newTicket);
  const set = useUi((state) => state.set);
  const isRailForced = useMediaQuery('(max-width: 999px)');
  useListCommands();
  useTriageCommands();
  useNotifications();
  useTicketLinks();
  return (
    <div className="flex h-full flex-col">
      <div className="flex min-h-0 flex-1">
        <Rail isForcedFolded={isRailForced} />
        <main className="flex min-w-0 flex-1 border-line border-l bg-surface">
          {place.kind === 'setup' && <SetupScreen section={place.section} />}
          {place.kind === 'outbox' && <OutboxScreen />}
          {place.kind === 'aboard' && <AboardScreen />}
          {place.kind === 'conflicts' && <ConflictsScreen />}
          {!fillsWindow(place) && <Desk />}
        </main>
      </div>
      <StatusBar />
      <NewTicketDialog
        open={newTicket !== null}
        draftId={newTicket?.draftId ?? null}
        onOpenChange={(open) => set({ newTicket: open ? { draftId: null } : null })}
      />
      <TriagePickers />
      <SetupCommands />
      <CommandPalette />
      <ShortcutHelp />
      <MailImport />
    </div>
  );
}

/** List and ticket side by side; below 760 px one of them, below 1200 px the customer lies over the ticket. */
function Desk() {
  const isNarrow = useMediaQuery('(max-width: 759px)');
  const narrowPane = useUi((state) => state.narrowPane);
  return (
    <>
      <div className={classes('contents', isNarrow && narrowPane === 'ticket' && '[&>*]:hidden')}>
        <ListPane isNarrow={isNarrow} />
      </div>
      {(!isNarrow || narrowPane === 'ticket') && <TicketArea />}
    </>
  );
}

/** Lying over the ticket, the side pane opens only when asked for; with room again it is as it was before. */
function useOverlayStartsClosed(isOverlay: boolean): void {
  const before = useRef<boolean | null>(null);
  useEffect(() => {
    const { sidePaneOpen, set } = useUi.getState();
    if (isOverlay) {
      before.current = sidePaneOpen;
      set({ sidePaneOpen: false });
    } else if (before.current !== null) {
      set({ sidePaneOpen: before.current });
      before.current = null;
    }
  }, [isOverlay]);
}

function TicketArea() {
  const selectedId = useUi((state) => state.selectedTicketId);
  const [ticketId, settleNow] = useSettled(selectedId);
  useSettleByKey(selectedId !== ticketId, settleNow);
  const isOverlay = useMediaQuery('(max-width: 1199px)');
  const isOpen = useUi((state) => state.sidePaneOpen);
  useOverlayStartsClosed(isOverlay);
  useCommand({
    id: 'toggle-side-pane',
    title: isOpen ? 'Hide customer and history' : 'Show customer and history',
    keys: ['d'],
    group: 'Window',
    run: () => useUi.getState().set({ sidePaneOpen: !isOpen }),
  });
  if (ticketId === null) return <NoTicket />;
  return (
    <div className="relative flex min-w-0 flex-1">
      <section
        id="ticket-pane"
        aria-label="Ticket"
        tabIndex={-1}
        className="flex min-w-0 flex-1 flex-col outline-none"
      >
        <TicketPane key={ticketId} ticketId={ticketId} />
      </section>
      {isOpen && (
        <aside
          aria-label="Customer and history"
          className={classes(
            'w-72 shrink-0 overflow-y-auto border-line border-l bg-surface',
            isOverlay && 'absolute inset-y-0 right-0 z-20 max-w-full shadow-float',
          )}
        >
          {isOverlay && (
            <IconButton
              icon={X}
              label="Hide customer and history"
              keys="d"
              className="absolute top-2 right-2 z-10 bg-surface"
              onClick={() => useUi.getState().set({ sidePaneOpen: false })}
            />
          )}
          <CustomerPane ticketId={ticketId} />
        </aside>
      )}
    </div>
  );
}
