import { useUi } from '../../stores/index.ts';

export const OUTBOX_KEYS = 'g b';

export function openOutbox(): void {
  useUi.getState().go({ kind: 'outbox' });
}
