import { describe, expect, it } from 'vitest';
import type { HttpFailure, HttpResult } from '../../../ports/httpFetch.ts';
import { isPassing, readBusy } from './busy.ts';

const NOW = Date.parse('Sun, 06 Nov 2094 08:49:37 GMT');
const answer = (status: number, headers: Record<string, string> = {}): HttpResult => ({
  ok: true,
  value: { status, headers, body: Buffer.alloc(0) },
});
const failure = (kind: HttpFailure['kind'], phase: HttpFailure['phase']): HttpResult => ({
  ok: false,
  error: { kind, phase, detail: '' },
});

describe('a server that wants to be asked later', () => {
  it.each([
    ['429, reading', answer(429), true, null],
    ['429, writing: nothing was done', answer(429), false, null],
    ['503, reading', answer(503), true, null],
    ['503 with a time, writing', answer(503, { 'retry-after': '7' }), false, 7000],
    ['seconds', answer(429, { 'retry-after': '120' }), true, 120_000],
    ['a date', answer(429, { 'retry-after': 'Sun, 06 Nov 2094 08:50:07 GMT' }), true, 30_000],
    ['a date gone by', answer(429, { 'retry-after': 'Sun, 06 Nov 1994 08:49:37 GMT' }), true, 0],
    ['nonsense', answer(429, { 'retry-after': 'soon' }), true, null],
    [
      'a date by the clock of a server that is a day ahead',
      answer(429, { 'retry-after': 'Mon, 07 Nov 2094 08:50:07 GMT', date: 'Mon, 07 Nov 2094 08:49:37 GMT' }),
      true,
      30_000,
    ],
  ])('%s', (_name, exchange, isRead, afterMs) => {
    expect(readBusy(exchange, isRead, NOW)).toMatchObject({ afterMs });
  });

  it.each([
    ['503 without a time, writing: a proxy says that of a server at work, too', answer(503), false],
    ['an answer', answer(200), true],
    ['a refusal', answer(400), true],
    ['no answer', failure('timeout', 'sent'), true],
  ])('not: %s', (_name, exchange, isRead) => {
    expect(readBusy(exchange, isRead, NOW)).toBeNull();
  });
});

describe('what may be well the next moment', () => {
  it.each([
    ['a proxy without its server', answer(502), true],
    ['… that waited too long', answer(504), true],
    ['a cut answer', failure('cut', 'body'), true],
    ['silence', failure('timeout', 'sent'), false],
    ['no network', failure('no_connection', 'connect'), false],
    ['PHP’s own death', answer(500), false],
    ['an answer', answer(200), false],
  ])('%s', (_name, exchange, expected) => {
    expect(isPassing(exchange)).toBe(expected);
  });
});
