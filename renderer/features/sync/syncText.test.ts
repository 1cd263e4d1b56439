import { describe, expect, it } from 'vitest';
import { appErrorOf, type ErrorCode } from '../../../shared/contract/errors.ts';
import type { SyncStatus } from '../../../shared/contract/sync.ts';
import { agoText, leftText, outboxNumbers, syncLine } from './syncText.ts';

const NOW = 1_000_000_000;
const MINUTE = 60_000;
const status = (change: Partial<SyncStatus>): SyncStatus => ({
  url: 'https://help.example',
  username: 'ada',
  isRunning: false,
  uploads: [],
  lastSyncAt: NOW - 3 * MINUTE,
  nextSyncAt: null,
  savesPower: false,
  firstSyncDoneAt: 1,
  clockOffsetMs: null,
  progress: null,
  leavesOld: false,
  sending: null,
  threadsLeft: 0,
  outbox: {},
  problem: null,
  ...change,
});
const line = (change: Partial<SyncStatus>) => syncLine(status(change), NOW);

describe('the line of a remote workspace', () => {
  it('says when it was in step last', () => {
    expect(line({})).toEqual({ text: 'Synced 3 min ago', tone: 'good' });
    expect(line({ lastSyncAt: null })).toEqual({ text: 'Not synced yet', tone: 'busy' });
  });

  it('counts down what is left, and stays calm when a look finds nothing', () => {
    expect(line({ isRunning: true, threadsLeft: 1 }).text).toBe('Syncing… 1 conversation left');
    expect(line({ isRunning: true, threadsLeft: 40 }).text).toBe('Syncing… 40 conversations left');
    expect(line({ isRunning: true }).text).toBe('Synced 3 min ago');
  });

  it('says when it looks rarely to save the battery, but not within a minute nor instead of what is wrong', () => {
    const saving = { savesPower: true, nextSyncAt: NOW + 4.5 * MINUTE };
    expect(line(saving).text).toBe('Synced 3 min ago · Saving battery: next look in about 5 minutes');
    expect(line({ ...saving, nextSyncAt: NOW + MINUTE }).text).toBe('Synced 3 min ago');
    expect(line({ ...saving, savesPower: false }).text).toBe('Synced 3 min ago');
    expect(line({ ...saving, problem: appErrorOf('remote_unreachable') }).text).toBe('Offline');
  });

  it('tells offline from paused, also while it tries again', () => {
    const offline = { problem: appErrorOf('remote_unreachable'), outbox: { queued: 3 } };
    expect(line(offline)).toEqual({ text: 'Offline · 3 waiting', tone: 'away' });
    expect(line({ ...offline, isRunning: true }).text).toBe('Offline · 3 waiting');
  });

  it('says in which mode one works, and the reason where somebody has to do something', () => {
    const mode = (code: ErrorCode) => line({ problem: appErrorOf(code) });
    expect(mode('sync_paused')).toEqual({ text: 'Paused', tone: 'away' });
    expect(mode('remote_disconnected')).toEqual({ text: 'Disconnected', tone: 'away' });
    for (const [code, word] of [
      ['remote_token_refused', 'Signed out'],
      ['remote_permission_missing', 'Refused'],
      ['secrets_locked', 'Locked'],
    ] as const) {
      expect(mode(code)).toEqual({ text: `${word}: ${appErrorOf(code).message}`, tone: 'stopped' });
    }
    expect(mode('remote_no_answer').text).toMatch(/^The server has trouble: The server did not answer/);
  });

  it('counts down what it sends', () => {
    const sending = { done: 11, total: 30 };
    expect(line({ isRunning: true, sending, outbox: { queued: 19 } })).toEqual({
      text: 'Sending 12 of 30',
      tone: 'busy',
    });
    expect(line({ isRunning: true, sending: { done: 30, total: 30 } }).text).toBe('Sending 30 of 30');
  });

  it('says what is on its way with its files, several together, and what waits besides', () => {
    const upload = {
      ...{ id: 1, ticketId: null, messageId: null, name: 'invoice.pdf', files: 1 },
      ...{ sentBytes: 3_565_158, sizeBytes: 12_582_912 },
    };
    const sending = { done: 0, total: 3 };
    const outbox = { queued: 2, sending: 1 };
    const going = (...uploads: SyncStatus['uploads']) => line({ isRunning: true, sending, outbox, uploads });
    expect(going(upload)).toEqual({
      text: 'Sending invoice.pdf, 3.4 of 12 MB · 2 waiting',
      tone: 'busy',
    });
    expect(going(upload, { ...upload, files: 2, sentBytes: 0, sizeBytes: 1_048_576 }).text).toBe(
      'Sending invoice.pdf and 2 more, 3.4 of 13 MB · 1 waiting',
    );
    expect(going({ ...upload, sentBytes: upload.sizeBytes }).text).toBe(
      'invoice.pdf: sent, the server works on it · 2 waiting',
    );
  });

  it('tells how far the first sync is, and the time left once anybody can tell', () => {
    const progress = {
      ...{ tickets: 412, ticketsExpected: 20_000, conversations: 40, messages: 90, requests: 70 },
      leftMs: null,
    };
    expect(line({ isRunning: true, progress }).text).toBe('First sync: 412 of 20,000 tickets');
    const reading = { ...progress, tickets: 20_000, conversations: 1204, leftMs: 130_000 };
    expect(line({ isRunning: true, progress: reading }).text).toBe(
      'First sync: 1,204 of 20,000 conversations · about 3 minutes left',
    );
    expect(line({ progress }).text).toBe('The first sync waits');
    expect(line({ progress, problem: appErrorOf('remote_unreachable') }).text).toBe('Offline');
  });

  it('counts what a person must decide apart from what goes by itself', () => {
    const outbox = { queued: 1, uncertain: 1, held: 1, conflict: 2, rejected: 1 };
    expect(outboxNumbers(outbox)).toEqual({ total: 6, undecided: 4 });
    expect(line({ outbox }).text).toBe('Synced 3 min ago · 2 waiting · 4 to decide');
  });
});

it.each([
  [-5000, 'just now'],
  [59_999, 'just now'],
  [MINUTE, '1 min ago'],
  [60 * MINUTE, '1 h ago'],
  [47 * 60 * MINUTE, '47 h ago'],
  [48 * 60 * MINUTE, '2 days ago'],
])('%i ms is %s', (age, text) => expect(agoText(age)).toBe(text));

it.each([
  [0, 'less than a minute'],
  [51_000, 'about a minute'],
  [61_000, 'about 2 minutes'],
  [90 * MINUTE, 'about 90 minutes'],
  [91 * MINUTE, 'about 2 hours'],
])('%i ms left is %s', (left, text) => expect(leftText(left)).toBe(text));
