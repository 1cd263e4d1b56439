import { CircleHelp, PanelLeftClose, PanelLeftOpen, Settings, SquarePen } from 'lucide-react';
import { useCommand } from '../../app/commands.ts';
import { useUi } from '../../stores/index.ts';
import { classes, Icon, Kbd, Tooltip } from '../../ui/index.ts';
import { WorkspaceSwitcher } from '../workspaces/index.ts';
import { DeskMenu } from './DeskMenu.tsx';
import { QueueLinks } from './QueueLinks.tsx';
import { RailLink } from './RailLink.tsx';

function useRailCommands(): void {
  const { go, set, railFolded } = useUi();
  useCommand({
    id: 'new-ticket',
    title: 'New ticket',
    keys: ['c'],
    group: 'Write',
    run: () => set({ newTicket: { draftId: null } }),
  });
  useCommand({
    id: 'go-setup',
    title: 'Setup',
    keys: ['g s'],
    group: 'Go to',
    run: () => go({ kind: 'setup', section: 'general' }),
  });
  useCommand({
    id: 'fold-rail',
    title: railFolded ? 'Unfold the side bar' : 'Fold the side bar',
    keys: ['Mod+b'],
    group: 'Window',
    run: () => set({ railFolded: !railFolded }),
  });
}

/** Where everything is: queues with counts, departments, drafts, trash, setup. */
export function Rail({ isForcedFolded }: { isForcedFolded: boolean }) {
  const { railFolded, place, set, go } = useUi();
  const isFolded = railFolded || isForcedFolded;
  useRailCommands();
  return (
    <nav
      aria-label="Desk"
      className={classes('flex shrink-0 flex-col gap-2 bg-frame pt-2 pb-1.5', isFolded ? 'w-13' : 'w-54')}
    >
      <div className="px-1.5">
        <DeskMenu isFolded={isFolded} />
        <WorkspaceSwitcher />
      </div>
      <div className="px-1.5">
        <NewTicketButton isFolded={isFolded} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-1.5 py-0.5">
        <QueueLinks isFolded={isFolded} />
      </div>
      <div className="flex flex-col gap-px px-1.5">
        <RailLink
          icon={Settings}
          label="Setup"
          keys="g s"
          isFolded={isFolded}
          isCurrent={place.kind === 'setup'}
          onClick={() => go({ kind: 'setup', section: 'general' })}
        />
        <RailLink
          icon={CircleHelp}
          label="Shortcuts"
          keys="?"
          isFolded={isFolded}
          onClick={() => set({ helpOpen: true })}
        />
        {!isForcedFolded && (
          <RailLink
            icon={railFolded ? PanelLeftOpen : PanelLeftClose}
            label={railFolded ? 'Unfold' : 'Fold'}
            keys="Mod+b"
            isFolded={isFolded}
            onClick={() => set({ railFolded: !railFolded })}
          />
        )}
      </div>
    </nav>
  );
}

function NewTicketButton({ isFolded }: { isFolded: boolean }) {
  const open = () => useUi.getState().set({ newTicket: { draftId: null } });
  const button = (
    <button
      type="button"
      onClick={open}
      aria-label={isFolded ? 'New ticket' : undefined}
      className={classes(
        'flex h-8 items-center gap-2 rounded-md border border-line-strong bg-surface font-medium transition-colors hover:bg-hover',
        isFolded ? 'w-9 justify-center' : 'w-full px-2.5',
      )}
    >
      <Icon of={SquarePen} className="text-soft" />
      {!isFolded && <span className="flex-1 text-left">New ticket</span>}
      {!isFolded && <Kbd keys="c" />}
    </button>
  );
  return isFolded ? (
    <Tooltip text="New ticket" keys="c" side="right">
      {button}
    </Tooltip>
  ) : (
    button
  );
}
