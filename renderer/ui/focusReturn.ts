const FLOATING =
  '[role="dialog"], [role="menu"], [data-radix-popper-content-wrapper], [data-radix-select-viewport]';

/** What had the focus before a dialog or menu took it; null when nothing had. */
let before: HTMLElement | null = null;

const isFloating = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(FLOATING) !== null;

document.addEventListener('focusin', ({ target }) => {
  if (target instanceof HTMLElement && !isFloating(target)) before = target;
});
document.addEventListener('focusout', ({ target, relatedTarget }) => {
  // Clicked away into nothing: there is nothing to come back to.
  if (relatedTarget === null && !isFloating(target)) before = null;
});

/**
 * Gives the focus back when a dialog closes. Radix knows only triggers; our dialogs open by a key, or from a menu
 * that is gone by then. What was focused on purpose meanwhile (by a command of the palette) keeps it.
 */
export function returnFocus(event: Event): void {
  event.preventDefault();
  const { activeElement } = document;
  if (activeElement === null || activeElement === document.body) before?.focus({ preventScroll: true });
}
