import { describe, expect, it } from 'vitest';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { SyncStatus } from '../../../shared/contract/sync.ts';
import { agoText, outboxNumbers, syncLine } from './syncText.ts';

const NOW = 1_000_000_000;
const MINUTE = 60_000;
const status = (change: Partial<SyncStatus>): SyncStatus => ({
  url: 'https://help.example',
  username: 'ada',
  isRunning: false,
  lastSyncAt: NOW - 3 * MINUTE,
  nextSyncAt: null,
  firstSyncDoneAt: 1,
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
    expect(line({ isRunning: true, threadsLeft: 1 }).text).toBe('Syncing… 1 thread left');
    expect(line({ isRunning: true, threadsLeft: 40 }).text).toBe('Syncing… 40 threads left');
    expect(line({ isRunning: true }).text).toBe('Synced 3 min ago');
  });

  it('tells offline from paused, also while it tries again', () => {
    const offline = { problem: appErrorOf('remote_unreachable'), outbox: { queued: 3 } };
    expect(line(offline)).toEqual({ text: 'Offline · 3 waiting', tone: 'away' });
    expect(line({ ...offline, isRunning: true }).text).toBe('Offline · 3 waiting');
    const problem = appErrorOf('remote_token_refused');
    expect(line({ problem })).toEqual({ text: `Sync is paused: ${problem.message}`, tone: 'stopped' });
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
