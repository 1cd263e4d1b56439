/** What becomes of the tickets of a department, in the words of its dialog. */
export function ticketsText(count: number): string {
  if (count === 0) return 'It has no tickets.';
  return count === 1 ? 'It has one ticket.' : `It has ${count.toLocaleString('en')} tickets.`;
}

export function agentsText(names: readonly string[]): string | null {
  if (names.length === 0) return null;
  const who = names.length <= 3 ? names.join(', ') : `${names.length} agents`;
  return `${who} would see no ticket any more: this is their only department.`;
}
