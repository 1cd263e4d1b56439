import { describe, expect, it } from 'vitest';
import { escapeHtml, idFrom, isMissing, isNumeric, listPage, messagesPage, naturalId } from './phpValues.ts';

describe('values as PHP and MySQL read them', () => {
  it.each([
    ['1', 1],
    ['1abc', 1],
    ['1 or 1=1', 1],
    ['1;2', 1],
    [' 7', 7],
    ['1e0', 1],
    ['abc', undefined],
    ['', undefined],
    ['0', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['99999999999999999999', undefined],
  ])('id in a path: %j → %s', (text, id) => expect(idFrom(text)).toBe(id));

  it.each([
    ['1', 1],
    ['0', undefined],
    ['00', undefined],
    ['-1', undefined],
    ['1.0', undefined],
    [' 1', undefined],
    ['x', undefined],
    ['99999999999999999999', 0],
  ])('id in a field: %j → %s', (text, id) => expect(naturalId(text)).toBe(id));

  it.each([
    [undefined, 1],
    ['abc', 1],
    ['2', 2],
    ['0', null],
    ['-1', null],
    ['1.5', null],
    ['99999999999999999999', 1e20],
    ['1e999', Number.POSITIVE_INFINITY],
  ])('page of a list: %j → %s', (text, page) => expect(listPage(text)).toBe(page));

  it.each([
    [undefined, 1],
    ['abc', 1],
    ['0', 1],
    ['-3', 1],
    ['2', 2],
    ['2.9', 2],
  ])('page of messages: %j → %s', (text, page) => expect(messagesPage(text)).toBe(page));

  it('tells numbers, emptiness and what must be escaped', () => {
    expect(['1', '-1.5', '1e3', ' 1 '].every(isNumeric)).toBe(true);
    expect(['', 'a', '1a', '0x1A', undefined].some(isNumeric)).toBe(false);
    expect([undefined, '', ' \t\n'].every(isMissing)).toBe(true);
    expect(isMissing('0')).toBe(false);
    expect(escapeHtml(`O'Brien <b>&"x"`)).toBe('O&#039;Brien &lt;b&gt;&amp;&quot;x&quot;');
    expect(escapeHtml('plain')).toBe('plain');
  });
});
