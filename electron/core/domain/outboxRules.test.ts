import { describe, expect, it } from 'vitest';
import { decisionsFor, editFor, type Waiting } from './outboxRules.ts';

const waiting = (change: Partial<Waiting>): Waiting => ({
  ...{ kind: 'reply', state: 'queued' },
  ...{ closesUnread: false, isGone: false, isSaidToBeThere: false, isLost: false, isNeeded: false },
  ...change,
});

describe('what a person can decide about what waits', () => {
  it.each<[string, Partial<Waiting>, string]>([
    ['queued', {}, 'first retry discard'],
    ['queued, and tickets stand on it', { kind: 'create_customer', isNeeded: true }, 'first retry'],
    ['on its way', { state: 'sending' }, ''],
    ['taken by the server', { state: 'sent' }, ''],
    ['said to be there', { state: 'sent', isSaidToBeThere: true }, 'discard'],
    ['unsure', { state: 'uncertain' }, 'arrived send discard'],
    ['unsure, and more was done in it', { state: 'uncertain', isNeeded: true }, 'send'],
    ['held for its text', { state: 'held' }, 'send discard'],
    ['held, closing unread messages', { state: 'held', closesUnread: true }, 'send leave_open discard'],
    ['in conflict', { kind: 'set_status', state: 'conflict' }, 'send discard'],
    ['of a ticket that is gone', { kind: 'set_status', state: 'conflict', isGone: true }, 'discard'],
    ['refused', { state: 'rejected' }, 'retry discard'],
    ['refused, and tickets stand on it', { state: 'rejected', isNeeded: true }, 'retry'],
  ])('%s', (_name, change, decisions) => expect(decisionsFor(waiting(change)).join(' ')).toBe(decisions));
});

describe('what can still be changed', () => {
  it.each<[string, Partial<Waiting>, string | null]>([
    ['a queued reply', {}, 'text'],
    ['a refused reply', { state: 'rejected' }, 'text'],
    ['a reply to a ticket that is gone', { state: 'conflict', isGone: true }, 'text'],
    ['a reply that may have arrived', { state: 'uncertain' }, null],
    ['a reply on its way', { state: 'sending' }, null],
    ['a held close', { kind: 'set_status', state: 'held' }, 'status'],
    ['a department in conflict', { kind: 'set_department', state: 'conflict' }, 'department'],
    ['a status of a ticket that is gone', { kind: 'set_status', state: 'conflict', isGone: true }, null],
    ['a new ticket', { kind: 'create_ticket' }, 'text'],
    ['a message written for a customer', { kind: 'customer_reply' }, null],
  ])('%s: %s', (_name, change, edit) => expect(editFor(waiting(change))).toBe(edit));
});
