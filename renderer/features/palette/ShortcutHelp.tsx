import { type Command, type CommandGroup, currentCommands, useCommand } from '../../app/commands.ts';
import { useUi } from '../../stores/index.ts';
import { Checkbox, Dialog, Kbd } from '../../ui/index.ts';

const COLUMNS: readonly (readonly CommandGroup[])[] = [
  ['Ticket', 'Write'],
  ['List', 'Go to', 'Window', 'Help'],
];

/** Every key there is, on «?» and F1. */
export function ShortcutHelp() {
  const isOpen = useUi((state) => state.helpOpen);
  const set = useUi((state) => state.set);
  useCommand({
    id: 'help',
    title: 'Keyboard shortcuts',
    keys: ['?', 'F1'],
    group: 'Help',
    run: () => set({ helpOpen: true }),
  });
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(helpOpen) => set({ helpOpen })}
      width="large"
      title="Keyboard shortcuts"
      description="Keys act where they can: on the rows you selected, else on the ticket that is open."
    >
      {isOpen && <Shortcuts />}
    </Dialog>
  );
}

function Shortcuts() {
  const commands = currentCommands().filter(({ isHidden, keys }) => !isHidden && keys.length > 0);
  const singleKeys = useUi((state) => state.singleKeys);
  const set = useUi((state) => state.set);
  return (
    <>
      <div className="grid gap-x-10 sm:grid-cols-2">
        {COLUMNS.map((groups) => (
          <div key={groups.join()}>
            {groups.map((group) => (
              <Group
                key={group}
                title={group}
                commands={commands.filter((command) => command.group === group)}
              />
            ))}
          </div>
        ))}
      </div>
      <Checkbox
        className="mt-5 border-line border-t pt-4"
        checked={singleKeys}
        onCheckedChange={(isOn) => set({ singleKeys: isOn })}
        label="Single letters act as commands"
        help="Off for dictation or switch control. Combinations with Ctrl or ⌘ and the command list keep working."
      />
    </>
  );
}

function Group({ title, commands }: { title: string; commands: Command[] }) {
  if (commands.length === 0) return null;
  return (
    <section className="mt-4 first:mt-1">
      <h3 className="mb-1 font-medium text-faint text-small">{title}</h3>
      <dl>
        {commands.map(({ id, title: name, keys }) => (
          <div key={id} className="flex min-h-7 items-center gap-3">
            <dt className="min-w-0 flex-1">{name}</dt>
            <dd className="flex items-center gap-1.5 text-faint text-small">
              {keys.map((key, index) => (
                <span key={key} className="inline-flex items-center gap-1.5">
                  {index > 0 && 'or'}
                  <Kbd keys={key} />
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
