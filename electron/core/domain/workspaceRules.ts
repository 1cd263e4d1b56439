/** Who asks for other workspaces, as the server sees the connection. */
export interface WorkspaceCaller {
  /** Of the socket itself, whatever headers say. */
  readonly socketAddress: string | undefined;
  /** The name under which the browser reached the desk. */
  readonly host: string | undefined;
  /** A proxy says that it asks for somebody else. */
  readonly isForwarded: boolean;
}

const LOOPBACK_NAME = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/**
 * Whether somebody sits at this machine: only they may see the list of workspaces here, and have one opened, which
 * starts a process. A proxy on this machine has a loopback address too, so the name that the browser used counts as well.
 */
export function isAtThisMachine({ socketAddress, host, isForwarded }: WorkspaceCaller): boolean {
  const address = socketAddress?.replace(/^::ffff:/, '') ?? '';
  const isLoopback = address === '::1' || /^127(\.\d{1,3}){3}$/.test(address);
  return isLoopback && !isForwarded && LOOPBACK_NAME.test(host ?? '');
}
