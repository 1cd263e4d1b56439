/** Composers on screen, and what was just closed: each answers true once everything typed is with the core. */
const writings = new Set<() => Promise<boolean>>();
const transfers = new Set<object>();

/** Offers to save before the page goes elsewhere. Returns the function that takes it back. */
export function saveBeforeLeaving(save: () => Promise<boolean>): () => void {
  writings.add(save);
  return () => writings.delete(save);
}

/** A file is on its way to the core, and would be cut off. Returns the function that says it is over. */
export function noteTransfer(): () => void {
  const transfer = {};
  transfers.add(transfer);
  return () => transfers.delete(transfer);
}

/** Saves what is being written; answers why the page should stay, or null when nothing would be lost. */
export async function saveToLeave(): Promise<string | null> {
  if (transfers.size > 0) return 'A file is still being attached. Wait until it is there, or remove it.';
  const saved = await Promise.all([...writings].map((save) => save()));
  return saved.every(Boolean) ? null : 'What you are writing could not be saved yet, so you stay here.';
}
