import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterEach } from 'vitest';

/** Servers of one test file on free ports of this machine; after each test they end with their connections. */
export function testServers() {
  const open: Server[] = [];
  const sockets = new Set<Socket>();
  const closeAll = (): void => {
    for (const socket of sockets) socket.destroy();
    for (const server of open.splice(0)) server.close();
  };
  afterEach(closeAll);
  const listen = async (server: Server): Promise<number> => {
    open.push(server);
    server.on('connection', (socket: Socket) => sockets.add(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  return {
    listen,
    closeAll,
    serve: async (answer: RequestListener) => `http://127.0.0.1:${await listen(createServer(answer))}`,
  };
}

const tlsFile = (file: string) => readFileSync(new URL(`../fixtures/tls/${file}`, import.meta.url), 'utf8');

/**
 * A certificate that signs itself, «localhost» or, for the name desk.test, «elsewhere»; or one of `AUTHORITY` for
 * 127.0.0.1, «issued» or, until 2021, «expired».
 */
export function certificate(name: 'localhost' | 'elsewhere' | 'issued' | 'expired') {
  return { cert: tlsFile(`${name}.crt`), key: tlsFile(`${name}.key`) };
}

/** The certificate of an authority that no machine knows. */
export const AUTHORITY = tlsFile('authority.crt');
