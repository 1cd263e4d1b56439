// @vitest-environment node
import { expect, it } from 'vitest';
import { createStreamParser, type StreamMessage } from './eventStream.ts';

function parse(...chunks: string[]): StreamMessage[] {
  const messages: StreamMessage[] = [];
  const take = createStreamParser((message) => messages.push(message));
  for (const chunk of chunks) take(chunk);
  return messages;
}

const whole = 'event: hello\ndata: {"number":3}\n\n: here\n\ndata: a\ndata: b\n\n';
const messages = [
  { event: 'hello', data: '{"number":3}' },
  { event: 'message', data: 'a\nb' },
];

it('reads messages, comments and lines of data', () => {
  expect(parse(whole)).toEqual(messages);
});

it('does not mind where the network cuts', () => {
  expect(parse(...whole)).toEqual(messages);
});

it('reads every kind of line end, also cut in the middle', () => {
  expect(parse(...whole.replaceAll('\n', '\r\n'))).toEqual(messages);
  expect(parse(`${whole.replaceAll('\n', '\r')}: end\r\n`)).toEqual(messages);
});

it('keeps back what is not yet whole', () => {
  expect(parse('data: a\n')).toEqual([]);
});
