import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { createCloser } from './listeners.ts';

describe('createCloser', () => {
  it('lets a request finish and cuts connections on which nobody asks', async () => {
    const app = Fastify();
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<string>();
    app.get('/', () => {
      asked.resolve();
      return answer.promise;
    });
    const close = createCloser(app);
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const silent = connect(port, '127.0.0.1');
    await once(silent, 'connect');
    const response = fetch(`http://127.0.0.1:${port}/`);
    await asked.promise;

    const closed = close();
    answer.resolve('finished');
    expect(await (await response).text()).toBe('finished');
    await closed;
    // Node itself would wait for this one for minutes.
    if (!silent.closed) await once(silent, 'close');
    expect(app.server.listening).toBe(false);
  });
});
