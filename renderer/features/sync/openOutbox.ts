import { useUi } from '../../stores/index.ts';

export const OUTBOX_KEYS = 'g b';

export function openOutbox(): void {
  useUi.getState().go({ kind: 'outbox' });
}

export const CONFLICTS_KEYS = 'g k';

export function openConflicts(): void {
  useUi.getState().go({ kind: 'conflicts' });
}
