import type { Viewer } from '../../../shared/contract/desk.ts';
import { queryClient, trpc } from '../../api/client.ts';
import { showToast } from '../toasts/index.ts';

const codesLeft = (left: number) =>
  left === 0
    ? 'That was your last recovery code. Make new ones in Setup → Profile.'
    : `Recovery code used; ${left} left. Make new ones in Setup → Profile.`;

/** The desk opens for whoever has just signed in. */
export function enter({
  viewer,
  recoveryCodesLeft,
}: {
  viewer: Viewer;
  recoveryCodesLeft: number | null;
}): void {
  queryClient.setQueryData(trpc.session.me.queryKey(), { viewer });
  if (recoveryCodesLeft !== null) showToast({ text: codesLeft(recoveryCodesLeft) });
}
