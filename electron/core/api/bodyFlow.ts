import type { IncomingMessage } from 'node:http';

/** How much of a body must have come with every look at it, unless that is its end: one kilobyte a second. */
const LOOK_EVERY_MS = 60_000;
const LEAST_BYTES = 60 * 1024;

export interface FlowLimits {
  readonly lookEveryMs?: number;
}

/** Whether a request says that a body follows. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/**
 * Cuts a connection whose body stands still or drips: whoever sends a byte a minute would hold it for ever,
 * without having signed in.
 */
export function watchBodyFlow(request: IncomingMessage, { lookEveryMs = LOOK_EVERY_MS }: FlowLimits): void {
  if (!hasBody(request)) return;
  const { socket } = request;
  let before = socket.bytesRead;
  const look = setInterval(() => {
    // What waits here to be read holds up the rest: that is us, not them.
    const isOurTurn = request.readableLength >= request.readableHighWaterMark;
    const isSlow = !isOurTurn && socket.bytesRead - before < LEAST_BYTES;
    before = socket.bytesRead;
    if (isSlow) socket.destroy();
  }, lookEveryMs).unref();
  const stop = (): void => clearInterval(look);
  request.once('end', stop);
  // Of a connection that broke off.
  request.once('close', stop);
}
