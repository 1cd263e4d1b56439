import type { TicketRow } from '../../../shared/contract/queues.ts';

/** What the foot of a ticket in the trash says, and what taking it out means. */
export function trashText(
  { isGone, hasDraft }: Pick<TicketRow, 'isGone' | 'hasDraft'>,
  isRemote: boolean,
): string {
  if (isGone) {
    const draft = hasDraft ? ' What you wrote is kept.' : '';
    return `The server has deleted this ticket. Restored, it stays on this desk only: it can be read and noted on, but not answered.${draft}`;
  }
  return isRemote
    ? 'This ticket is in this desk’s trash, which the server knows nothing of. Restore it to answer.'
    : 'This ticket is in the trash. Restore it to answer.';
}
