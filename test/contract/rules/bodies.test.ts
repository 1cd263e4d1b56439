import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiDesk, openApiDesk } from '../support/apiDesk.ts';
import { type Caller, fillDesk, MESSAGE, TICKET } from '../support/caller.ts';

// behaviour.md 3.2 through the API; what is kept of HTML, tag by tag, is tested at electron/core/html/purify.ts.
let desk: ApiDesk;
let caller: Caller;
beforeAll(async () => {
  desk = await openApiDesk();
  caller = await fillDesk(desk);
});
afterAll(async () => {
  expect(desk.faults).toEqual([]);
  await desk.close();
});

async function stored(message: string): Promise<string> {
  desk.clock.advance(1000);
  const sent = await caller.post('/api/messages/create', { ...MESSAGE, message });
  expect(sent).toMatchObject({ success: 1 });
  const { messages } = (await caller.get('/api/messages/show/1')) as { messages: { message: string }[] };
  return messages[0]?.message ?? '';
}

describe('HTML', () => {
  const sent =
    '<p class="x" id="a" onclick="x()">a<script>alert(1)</script><!-- b --><img src="cid:c">' +
    '<a href="javascript:x()" target="_blank">d</a> <a href="mailto:a@example.com">e</a><unknown>f</unknown><b>g';
  const kept = '<p class="x">a<a>d</a> <a href="mailto:a@example.com">e</a>f<b>g</b></p>';

  it('is purified, in a message and in a ticket’s first one', async () => {
    expect(await stored(sent)).toBe(kept);
    const { ticket_id } = await caller.post('/api/tickets/create', { ...TICKET, body: sent });
    expect(await caller.get(`/api/messages/show/${ticket_id}`)).toMatchObject({
      messages: [{ message: kept }],
    });
  });

  it('that purifies to nothing is stored as nothing', async () => {
    expect(await stored('<script>alert(1)</script>')).toBe('');
  });
});

describe('plain text', () => {
  it('keeps its lines as they are, and gets no <br>', async () => {
    expect(await stored('one\r\ntwo\n\nthree')).toBe('one\ntwo\n\nthree');
  });

  it('has its signs escaped', async () => {
    expect(await stored('1 < 2 && 3 > 2 "q"')).toBe('1 &lt; 2 &amp;&amp; 3 &gt; 2 "q"');
  });

  it('loses what looks like a tag: a sender has to escape it', async () => {
    expect(await stored('mail <john@x.test> now')).not.toContain('john@x.test');
    expect(await stored('mail &lt;john@x.test&gt; now')).toBe('mail &lt;john@x.test&gt; now');
  });

  it('keeps emoji and every other script, where the reference has ????', async () => {
    expect(await stored('😀 漢字 ünï')).toBe('😀 漢字 ünï');
  });
});
