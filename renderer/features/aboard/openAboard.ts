import { useUi } from '../../stores/index.ts';

export const ABOARD_KEYS = 'g f';

export function openAboard(): void {
  useUi.getState().go({ kind: 'aboard' });
}
