import { describe, expect, it } from 'vitest';
import type { TicketId } from '../../../shared/model/ids.ts';
import { judgeMail, type MailFacts, type MailKnowledge, reusedMailId } from './mailVerdict.ts';

const ANN = 'ann@customer.test';
const mail = (facts: Partial<MailFacts> = {}): MailFacts => ({
  mailId: 'new@customer.test',
  contentHash: 'hash',
  rawSha256: 'raw',
  referenceIds: [],
  from: { email: ANN, name: 'Ann' },
  subjectTicketIds: [],
  automatic: null,
  report: null,
  isBlank: false,
  isHeaderTooLarge: false,
  isTooLarge: false,
  isUnreadable: false,
  ...facts,
});

/** Ticket 7 is Ann's and live, 8 is Bob's and live, 9 is deleted. */
const desk: MailKnowledge = {
  mailById: (id) => {
    const known: Record<string, { ticketId: number; contentHash: string }> = {
      'seven@customer.test': { ticketId: 7, contentHash: 'seven' },
      'eight@customer.test': { ticketId: 8, contentHash: 'eight' },
      'nine@customer.test': { ticketId: 9, contentHash: 'nine' },
      'referred@customer.test': { ticketId: 7, contentHash: '' },
      [reusedMailId('seven@customer.test', 'other')]: { ticketId: 8, contentHash: 'other' },
    };
    const found = known[id];
    return found ? { ticketId: found.ticketId as TicketId, contentHash: found.contentHash } : null;
  },
  isSuspended: (rawSha256) => rawSha256 === 'suspended',
  isLive: (id) => id === 7 || id === 8,
  isRequester: (id, email) => (id === 7 && email === ANN) || (id === 8 && email === 'bob@customer.test'),
  isBlocked: (email) => email === 'spam@customer.test',
};

describe('judgeMail', () => {
  it.each<[string, Partial<MailFacts>, object]>([
    ['F1: nothing known', {}, { outcome: 'new_ticket', mailId: 'new@customer.test' }],
    [
      'F1: the most telling reference first',
      { referenceIds: ['x@y', 'eight@customer.test', 'seven@customer.test'] },
      { outcome: 'reply', ticketId: 8, keepsStatus: false },
    ],
    [
      'F1: references beat the subject',
      { referenceIds: ['eight@customer.test'], subjectTicketIds: [7] },
      { outcome: 'reply', ticketId: 8 },
    ],
    [
      'F1: the subject, if the sender is the customer',
      { subjectTicketIds: [7] },
      { outcome: 'reply', ticketId: 7 },
    ],
    ['F6: the subject, but a stranger', { subjectTicketIds: [8] }, { outcome: 'new_ticket' }],
    [
      'F9: the first subject number that verifies',
      { subjectTicketIds: [8, 9, 7] },
      { outcome: 'reply', ticketId: 7 },
    ],
    ['F7: a deleted ticket', { referenceIds: ['nine@customer.test'] }, { outcome: 'new_ticket' }],
    [
      'a blocked customer, also in a ticket that is known',
      { from: { email: 'spam@customer.test', name: '' }, referenceIds: ['seven@customer.test'] },
      { outcome: 'suspended', cause: 'blocked' },
    ],
    [
      'a blocked customer, the same mail again',
      {
        from: { email: 'spam@customer.test', name: '' },
        mailId: 'seven@customer.test',
        contentHash: 'seven',
      },
      { outcome: 'duplicate', ticketId: 7 },
    ],
    [
      'F7: a deleted ticket, then a live one',
      { referenceIds: ['nine@customer.test', 'seven@customer.test'] },
      { outcome: 'reply', ticketId: 7 },
    ],
    [
      'F12: the same mail again',
      { mailId: 'seven@customer.test', contentHash: 'seven' },
      { outcome: 'duplicate', ticketId: 7 },
    ],
    [
      'F12: the same mail again, its ticket deleted since',
      { mailId: 'nine@customer.test', contentHash: 'nine' },
      { outcome: 'duplicate', ticketId: 9 },
    ],
    [
      'F14: a used id with other content',
      { mailId: 'seven@customer.test', contentHash: 'third' },
      { outcome: 'new_ticket', mailId: reusedMailId('seven@customer.test', 'third') },
    ],
    [
      'F14: the same, a second time',
      { mailId: 'seven@customer.test', contentHash: 'other' },
      { outcome: 'duplicate', ticketId: 8 },
    ],
    [
      'F4: the mail that an earlier one answered',
      { mailId: 'referred@customer.test' },
      { outcome: 'reply', ticketId: 7, mailId: 'referred@customer.test' },
    ],
    [
      'a suspended mail again, even if its ticket is here now',
      { rawSha256: 'suspended', referenceIds: ['seven@customer.test'] },
      { outcome: 'duplicate', ticketId: null },
    ],
    ['A7: no sender', { from: null }, { outcome: 'suspended', cause: 'no_sender' }],
    ['A5: nothing in it', { isBlank: true }, { outcome: 'suspended', cause: 'blank' }],
    ['A3: header too large', { isHeaderTooLarge: true }, { outcome: 'suspended', cause: 'header_too_large' }],
    ['B24: too large', { isTooLarge: true }, { outcome: 'suspended', cause: 'too_large' }],
    ['R2: unreadable', { isUnreadable: true }, { outcome: 'suspended', cause: 'parse_failed' }],
    [
      'E1: a bounce, even inside a thread',
      { report: 'bounce', referenceIds: ['seven@customer.test'] },
      { outcome: 'suspended', cause: 'delivery_failure' },
    ],
    ['E6: a complaint', { report: 'complaint' }, { outcome: 'suspended', cause: 'auto_reply' }],
    ['D15: a receipt', { report: 'receipt' }, { outcome: 'suspended', cause: 'auto_reply' }],
    [
      'D1: an automatic answer in a thread never moves the status',
      { automatic: 'reply', referenceIds: ['seven@customer.test'] },
      { outcome: 'reply', ticketId: 7, keepsStatus: true },
    ],
    [
      'D16: an automatic answer to nothing',
      { automatic: 'reply' },
      { outcome: 'suspended', cause: 'auto_reply' },
    ],
    [
      'D9: an out-of-office note without headers',
      { automatic: 'maybe' },
      { outcome: 'suspended', cause: 'out_of_office' },
    ],
    ['D3: an automatic notice is work all the same', { automatic: 'notice' }, { outcome: 'new_ticket' }],
    [
      'D3: a notice in a thread keeps the status',
      { automatic: 'notice', subjectTicketIds: [7] },
      { outcome: 'reply', keepsStatus: true },
    ],
  ])('%s', (_, facts, expected) => {
    const verdict = judgeMail(mail(facts), desk);
    expect(verdict).toMatchObject(expected);
    expect(verdict.trace.length).toBeGreaterThan(0);
  });

  it('an id that was used for another mail is still looked up under its own content', () => {
    expect(reusedMailId('a@b', 'x'.repeat(64))).not.toBe(reusedMailId('a@b', 'y'.repeat(64)));
  });
});
