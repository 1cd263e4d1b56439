// @vitest-environment node
import { expect, it } from 'vitest';
import { changeSentence } from './sentences.ts';

const names = {
  departmentName: (id: number) => (id === 2 ? 'Sales' : '?'),
  staffName: (id: number) => (id === 7 ? 'you' : 'Bob'),
};

it('counts what really changed', () => {
  expect(changeSentence([1, 2, 3], { status: 5 }, names, 2)).toBe('2 tickets closed');
  expect(changeSentence([1, 2, 3], { status: 5 }, names, 1)).toBe('1 ticket closed');
});

it.each<[number[], Parameters<typeof changeSentence>[1], string]>([
  [[4711], { status: 5 }, '#4711 closed'],
  [[1, 2, 3], { status: 4 }, '3 tickets set to In progress'],
  [[1], { assigneeId: 7 }, '#1 assigned to you'],
  [[1], { assigneeId: null }, '#1 unassigned'],
  [[1, 2], { departmentId: 2 }, '2 tickets moved to Sales'],
  [[1], { priority: 6 }, '#1 set to Critical priority'],
  [[1], { addTags: ['vip', 'bug'] }, '#1 tagged vip, bug'],
  [[1, 2], { removeTags: ['vip'] }, 'Tag vip removed from 2 tickets'],
  [[1], { subject: 'x' }, '#1 changed'],
])('%j %j: %s', (ids, change, sentence) => {
  expect(changeSentence(ids, change, names)).toBe(sentence);
});
