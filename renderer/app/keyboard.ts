import { useUi } from '../stores/index.ts';
import { type Command, currentCommands } from './commands.ts';
import { chordOf, isSingleKey, type Pending, stepKeys } from './keys.ts';

const TEXT_FIELDS =
  'input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, select, [contenteditable]:not([contenteditable="false"])';
/** Open dialogs, menus and pickers handle their keys themselves. */
const OVERLAYS = '[role="dialog"], [role="alertdialog"], [data-radix-popper-content-wrapper]';
const PRESSABLE =
  'button, a[href], summary, [role="button"], [role="tab"], [role="radio"], [role="checkbox"]';

// A target inside an iframe belongs to another realm: instanceof would say no.
function closest(target: EventTarget | null, selector: string): boolean {
  return target !== null && 'closest' in target && typeof target.closest === 'function'
    ? Boolean(target.closest(selector))
    : false;
}

/** The binding that a key event stands for; null for none. */
export function chordOfEvent(event: KeyboardEvent): string | null {
  return chordOf({
    key: event.key,
    code: event.code,
    ctrlKey: event.ctrlKey,
    metaKey: event.metaKey,
    altKey: event.altKey,
    shiftKey: event.shiftKey,
    altGraph: event.getModifierState('AltGraph'),
  });
}

let pending: Pending = null;

function isAllowed(keys: string, command: Command, isInText: boolean): boolean {
  if (isInText) return command.worksInText === true;
  return useUi.getState().singleKeys || !isSingleKey(keys);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || closest(event.target, OVERLAYS)) return;
  const chord = chordOfEvent(event);
  if (chord === null) return;
  if ((chord === 'Enter' || chord === 'Space') && closest(event.target, PRESSABLE)) return;
  const isInText = closest(event.target, TEXT_FIELDS);
  const bound = currentCommands()
    .filter((command) => command.enabled !== false)
    .flatMap((command) => command.keys.map((keys) => ({ keys, command })))
    .filter(({ keys, command }) => isAllowed(keys, command, isInText));
  const step = stepKeys(
    pending,
    chord,
    event.timeStamp,
    bound.map(({ keys }) => keys),
  );
  pending = step.pending;
  // The command mounted last wins, as with ids.
  const found = bound.findLast(({ keys }) => keys === step.match);
  if (found) {
    event.preventDefault();
    found.command.run();
  } else if (step.pending) event.preventDefault();
}

/** Runs commands for the keys pressed in `document` (the page, or a mail's iframe). Returns the function that stops it. */
export function listenForKeys(document: Document): () => void {
  document.addEventListener('keydown', onKeyDown);
  return () => document.removeEventListener('keydown', onKeyDown);
}
