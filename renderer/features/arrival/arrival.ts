/** What the address says after its `#` to a window that was sent here from another workspace. */
const ARRIVED = '#workspace';
const TO_CONNECT = '#workspace-connect';

/** The address under which another workspace knows that somebody came from here. */
export function arrivalUrl(url: string, isToConnect: boolean): string {
  const arrived = new URL(url);
  arrived.hash = isToConnect ? TO_CONNECT : ARRIVED;
  return arrived.href;
}

/** Whether this window came from another workspace, so that one step back leads there. */
export function cameFromWorkspace(): boolean {
  return [ARRIVED, TO_CONNECT].includes(window.location.hash);
}

/** Whether whoever added this workspace wants it to mirror a server. */
export function isToConnect(): boolean {
  return window.location.hash === TO_CONNECT;
}
