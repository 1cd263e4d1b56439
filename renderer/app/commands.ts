import { useLayoutEffect, useRef } from 'react';

export type CommandGroup = 'Ticket' | 'Write' | 'List' | 'Go to' | 'Window' | 'Help';

/** One thing a person can do, with its key; shows in the palette and in the shortcut help. */
export type Command = {
  /** Unique; the one mounted last wins. */
  id: string;
  title: string;
  /**
   * Bindings: `j`, `Shift+j`, `Mod+Enter` (Ctrl or ⌘), `g m` (one after the other), `?`, `Delete`, `Escape`.
   * Letters in lower case; never Alt (features.md 5.1). The first is the one shown.
   */
  keys: readonly string[];
  run: () => void;
  group: CommandGroup;
  /** False = not now: greyed out in the palette, its key does nothing. */
  enabled?: boolean;
  /** Its key also works while one types. For Mod combinations only. */
  worksInText?: boolean;
  /** Left out of palette and help (a second way to do something listed). */
  isHidden?: boolean;
};

const registry = new Map<string, { current: Command }[]>();

/** Offers a command as long as the component is mounted. */
export function useCommand(command: Command): void {
  const latest = useRef(command);
  useLayoutEffect(() => {
    latest.current = command;
  });
  const { id } = command;
  useLayoutEffect(() => {
    const stack = registry.get(id) ?? [];
    registry.set(id, [...stack, latest]);
    return () => {
      const rest = (registry.get(id) ?? []).filter((entry) => entry !== latest);
      if (rest.length > 0) registry.set(id, rest);
      else registry.delete(id);
    };
  }, [id]);
}

/** Every command there is now, as it is now. */
export function currentCommands(): Command[] {
  return [...registry.values()].flatMap((stack) => {
    const top = stack.at(-1);
    return top ? [top.current] : [];
  });
}

/** Runs a command by id. False when it is not there or not enabled. */
export function runCommand(id: string): boolean {
  const command = registry.get(id)?.at(-1)?.current;
  if (!command || command.enabled === false) return false;
  command.run();
  return true;
}
