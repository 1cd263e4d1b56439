import { describe, expect, it } from 'vitest';
import { type Operation, type OperationKind, operationKind } from '../../../../shared/contract/tickets.ts';
import type { OperationId } from '../../../../shared/model/ids.ts';
import { historyLines, historySentence } from './historySentences.ts';

const names = {
  departments: new Map([
    [1, 'General'],
    [2, 'Sales'],
  ]),
  staff: new Map([
    [1, 'Sam'],
    [2, 'Ida'],
  ]),
};
const operation = (kind: OperationKind, before: unknown, payload: unknown, id = 1): Operation => ({
  id: id as OperationId,
  groupId: `g${id}`,
  kind,
  actorKind: 'staff',
  actorName: 'Sam',
  before,
  payload,
  createdAt: id * 1000,
  isUndone: false,
  canUndo: false,
});

describe('history sentences', () => {
  it.each<[OperationKind, unknown, unknown, string]>([
    ['create_ticket', {}, { subject: 'x', status: 1 }, 'opened the ticket'],
    ['reply', { status: 1 }, { status: 2 }, 'replied'],
    ['reply', { status: 1 }, { status: 5 }, 'replied and closed the ticket'],
    ['customer_reply', { status: 2 }, { status: 3 }, 'wrote'],
    ['customer_reply', { status: 5 }, { status: 3 }, 'wrote again and reopened the ticket'],
    ['set_status', { status: 1 }, { status: 5 }, 'closed the ticket'],
    ['set_status', { status: 5 }, { status: 1 }, 'reopened the ticket as Open'],
    ['set_status', { status: 1 }, { status: 4 }, 'changed the status from Open to In progress'],
    ['set_department', { departmentId: 1 }, { departmentId: 2 }, 'moved the ticket from General to Sales'],
    [
      'set_department',
      { departmentId: 1 },
      { departmentId: 77 },
      'moved the ticket from General to department 77',
    ],
    ['set_priority', { priority: 1 }, { priority: 6 }, 'changed the priority from Low to Critical'],
    ['assign', { assigneeId: null }, { assigneeId: 1 }, 'took the ticket'],
    ['assign', { assigneeId: null }, { assigneeId: 2 }, 'assigned the ticket to Ida'],
    ['assign', { assigneeId: 1 }, { assigneeId: 2 }, 'handed the ticket from Sam to Ida'],
    ['assign', { assigneeId: 2 }, { assigneeId: null }, 'took the ticket off Ida'],
    ['set_tags', { tags: ['vip'] }, { tags: ['vip', 'printer'] }, 'added the tag “printer”'],
    [
      'set_tags',
      { tags: ['a'] },
      { tags: ['b', 'c', 'd'] },
      'added the tags “b”, “c” and “d” and removed the tag “a”',
    ],
    ['set_subject', { subject: 'Old' }, { subject: 'New' }, 'changed the subject from “Old” to “New”'],
    ['discard_change', {}, { status: 5 }, 'discarded the status Closed, which waited to be sent'],
    ['discard_change', {}, { departmentId: 2 }, 'discarded the move to Sales, which waited to be sent'],
    ['delete_attachment', { name: 'a.pdf' }, {}, 'deleted the attachment “a.pdf”'],
    ['restore_attachment', {}, { name: 'a.pdf' }, 'brought the attachment “a.pdf” back'],
  ])('%s %o → %o', (kind, before, payload, sentence) => {
    expect(historySentence(operation(kind, before, payload), names)).toBe(sentence);
  });

  it.each(operationKind.options)(
    '%s reads as a sentence even when its values are missing or strange',
    (kind) => {
      for (const odd of [null, undefined, {}, 'text', 7, { status: 99, tags: 'x', assigneeId: 'y' }]) {
        const sentence = historySentence(operation(kind, odd, odd), names);
        expect(sentence).toMatch(/^[a-z].{3,}/);
        expect(sentence).not.toMatch(/undefined|null|_/);
      }
    },
  );

  it('comes newest first', () => {
    const lines = historyLines([operation('reply', {}, {}, 1), operation('add_note', {}, {}, 2)], names);
    expect(lines.map((line) => line.sentence)).toEqual(['added a note', 'replied']);
  });
});

it('says what came through the API, and that a token is not the customer', () => {
  const byToken = (kind: OperationKind, before: unknown) => ({
    ...operation(kind, before, {}),
    actorKind: 'token' as const,
    actorName: 'Shop',
  });
  const sentences = (line: Operation) => historyLines([line], names).map((each) => each.sentence);
  expect(sentences(byToken('reply', {}))).toEqual(['replied through the API']);
  expect(sentences(byToken('customer_reply', { status: 5 }))).toEqual([
    'passed on the customer’s message and reopened the ticket through the API',
  ]);
});
