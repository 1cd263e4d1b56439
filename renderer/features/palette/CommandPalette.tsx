import { useState } from 'react';
import {
  type Command,
  type CommandGroup,
  currentCommands,
  runCommand,
  useCommand,
} from '../../app/commands.ts';
import { useUi } from '../../stores/index.ts';
import { type PickItem, PickList } from '../../ui/index.ts';

const ORDER: readonly CommandGroup[] = ['Ticket', 'Write', 'List', 'Go to', 'Window', 'Help'];

/** What can't be done now comes last in its group. */
const rank = ({ enabled }: Command): number => (enabled === false ? 1 : 0);

function items(): PickItem[] {
  return currentCommands()
    .filter(({ isHidden, id }) => !isHidden && id !== 'palette')
    .sort((a, b) => ORDER.indexOf(a.group) - ORDER.indexOf(b.group) || rank(a) - rank(b))
    .map(({ id, title, group, keys, enabled }) => ({
      id,
      label: title,
      group,
      keys: keys[0],
      isDisabled: enabled === false,
    }));
}

/** Everything one can do, by name, each with its key. */
export function CommandPalette() {
  const isOpen = useUi((state) => state.paletteOpen);
  const set = useUi((state) => state.set);
  useCommand({
    id: 'palette',
    title: 'All commands',
    keys: ['Mod+k'],
    group: 'Help',
    worksInText: true,
    run: () => set({ paletteOpen: true }),
  });
  return isOpen ? <OpenPalette onClose={() => set({ paletteOpen: false })} /> : null;
}

function OpenPalette({ onClose }: { onClose: () => void }) {
  // As they were when it opened: the list must not change under the hand.
  const [commands] = useState(items);
  return (
    <PickList
      open
      onOpenChange={(open) => !open && onClose()}
      title="All commands"
      placeholder="What do you want to do?"
      items={commands}
      // After the dialog gave the focus back, so that the command finds it where it was.
      onPick={(id) => setTimeout(() => runCommand(id), 0)}
      emptyText="No command of that name"
    />
  );
}
