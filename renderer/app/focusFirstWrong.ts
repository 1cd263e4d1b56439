/**
 * After a form was refused the focus goes to its first field that is wrong, so that the keyboard and a screen reader
 * are where the mending is. Never once the person has gone on by themselves: typed, clicked or moved the focus.
 */
export function focusFirstWrong(page: Document): () => void {
  let forget = () => {};
  const onSubmit = (event: Event) => {
    forget();
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    let isOver = false;
    const look = () => {
      if (isOver) return;
      const wrong = form.querySelector<HTMLElement>('[aria-invalid="true"]');
      if (!wrong) return;
      forget();
      wrong.focus();
    };
    const watch = new MutationObserver(look);
    watch.observe(form, { subtree: true, attributes: true, attributeFilter: ['aria-invalid'] });
    const goneOn = ['input', 'keydown', 'pointerdown', 'focusin'];
    forget = () => {
      isOver = true;
      watch.disconnect();
      for (const type of goneOn) page.removeEventListener(type, forget, true);
    };
    for (const type of goneOn) page.addEventListener(type, forget, true);
    // What was wrong before and still is changes no attribute.
    queueMicrotask(look);
  };
  page.addEventListener('submit', onSubmit);
  return () => {
    forget();
    page.removeEventListener('submit', onSubmit);
  };
}
