import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection that says exactly what a test wants, as slowly as it wants. */
export async function openSocket(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** Everything that is answered until the other side closes the connection. */
export function untilClosed(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk) => {
    text += String(chunk);
  });
  return new Promise((resolve) => socket.once('close', () => resolve(text)));
}
