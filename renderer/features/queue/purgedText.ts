const ticketsText = (count: number): string => (count === 1 ? 'One ticket' : `${count} tickets`);

/** What came of deleting for good. `kept`: what the server of a remote workspace still has, and was not asked to delete. */
export function purgedText(purged: number, queued: number, kept: number): string {
  const gone = purged > 0 || queued + kept === 0 ? [`${ticketsText(purged)} deleted for good`] : [];
  const asked = queued > 0 ? [`${ticketsText(queued)} to be deleted on the server: see the outbox`] : [];
  const left =
    kept > 0
      ? [`${ticketsText(kept)} kept in the trash: the server still has ${kept === 1 ? 'it' : 'them'}`]
      : [];
  return [...gone, ...asked, ...left].join('. ');
}
