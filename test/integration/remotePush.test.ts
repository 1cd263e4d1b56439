import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTicketAsStaff, replyAsStaff } from '../../electron/core/services/staffActions.ts';
import { createTicketInput, replyInput } from '../../shared/contract/tickets.ts';
import type { TicketId } from '../../shared/model/ids.ts';
import { type Mirror, mirrorOf } from '../support/mirror.ts';
import { openRemoteDesk, type RemoteDesk } from '../support/remoteDesk.ts';

let desk: RemoteDesk;
let mirror: Mirror;
let mostAtOnce: number;
let close: () => void;

beforeEach(async () => {
  desk = await openRemoteDesk();
  let atOnce = 0;
  mostAtOnce = 0;
  // Every write waits until no other can join it: what could go at once is at once under way.
  const slow = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const isWrite = incoming.method === 'POST' && incoming.url?.includes('messages');
    if (isWrite) {
      atOnce += 1;
      mostAtOnce = Math.max(mostAtOnce, atOnce);
      for (let turn = 0, seen = 0; turn < 50 && seen < 20; turn++) {
        const before = atOnce;
        await new Promise((resolve) => setTimeout(resolve, 2));
        seen = atOnce === before ? seen + 1 : 0;
      }
      atOnce -= 1;
    }
    const headers = incoming.headers as Record<string, string>;
    const { method = 'GET', url: path = '/' } = incoming;
    const answer = desk.server.handle({ method, path, headers, body: Buffer.concat(chunks) });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
  close = () => {
    slow.closeAllConnections();
    slow.close();
  };
  mirror = mirrorOf({ ...desk, url: `http://127.0.0.1:${(slow.address() as AddressInfo).port}` });
  await mirror.connect();
});
afterEach(async () => {
  close();
  await desk.close();
});

const texts = (ticketId: number): string[] =>
  (desk.server.state.messages.get(ticketId) ?? [])
    .slice(1)
    .map(({ message }) => />(\w+)</.exec(message)?.[1] ?? '');

describe('a push', () => {
  it('fills its places again with what becomes free later, each ticket in its order', async () => {
    // One ticket first holds everything up: its customer and it must be there before the replies can go.
    const made = createTicketAsStaff(
      desk.deps,
      desk.ada,
      createTicketInput.parse({
        customer: { email: 'new@mail.example', name: 'New' },
        departmentId: 1,
        subject: 'New',
        bodyHtml: '<p>first</p>',
      }),
    );
    if (!made.ok) throw new Error(made.error.code);
    const tickets = [made.value.ticketId, 1, 2, 3] as TicketId[];
    for (const word of ['a', 'b', 'c']) {
      for (const ticketId of tickets) {
        const bodyHtml = `<p>${word}</p>`;
        expect(replyAsStaff(desk.deps, desk.ada, replyInput.parse({ ticketId, bodyHtml }))).toMatchObject({
          ok: true,
        });
      }
    }
    expect(await mirror.sync()).toMatchObject({ ended: null, outbox: {} });
    for (const ticketId of [1, 2, 3, 4]) expect(texts(ticketId)).toEqual(['a', 'b', 'c']);
    expect(mostAtOnce).toBe(4);
  });
});
