import { Notification } from 'electron';
import type { BridgeInput } from '../../shared/contract/desktopBridge.ts';

/** Kept while they are on the screen: a collected notification hears no click. */
const shown = new Set<Notification>();

/** Shows a notification of the system; a click calls `onClick`. Silent where the system has none. */
export function notify({ title, body }: BridgeInput<'notify'>, onClick: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title, body });
  const forget = () => shown.delete(notification);
  shown.add(notification);
  notification.once('click', () => {
    forget();
    onClick();
  });
  notification.once('close', forget);
  notification.once('failed', forget);
  notification.show();
}
