import type { OutboxItem, OutboxState, SyncStatus } from '../../../shared/contract/sync.ts';
import { outboxNumbers } from '../../../shared/model/outboxNumbers.ts';

export { outboxNumbers };

export type SyncTone = 'good' | 'busy' | 'away' | 'stopped';

/** Where the desk stands with its server, in one line. */
export function syncLine(status: SyncStatus, now: number): { text: string; tone: SyncTone } {
  const { total, undecided } = outboxNumbers(status.outbox);
  const waiting = total - undecided;
  const { text, tone } = standing(status, now);
  const parts = [text];
  if (waiting > 0) parts.push(`${waiting} waiting`);
  if (undecided > 0) parts.push(`${undecided} to decide`);
  return { text: parts.join(' · '), tone };
}

function standing(status: SyncStatus, now: number): { text: string; tone: SyncTone } {
  const { problem, isRunning, lastSyncAt, threadsLeft } = status;
  if (problem?.code === 'remote_unreachable') return { text: 'Offline', tone: 'away' };
  if (problem) return { text: `Sync is paused: ${problem.message}`, tone: 'stopped' };
  if (isRunning && threadsLeft > 0) {
    return { text: `Syncing… ${threadsLeft} ${threadsLeft === 1 ? 'thread' : 'threads'} left`, tone: 'busy' };
  }
  if (lastSyncAt === null) return { text: isRunning ? 'Syncing…' : 'Not synced yet', tone: 'busy' };
  return { text: `Synced ${agoText(now - lastSyncAt)}`, tone: 'good' };
}

const MINUTE_MS = 60_000;

export function agoText(ageMs: number): string {
  const minutes = Math.floor(ageMs / MINUTE_MS);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`;
}

type Words = {
  /** On a badge. */
  word: string;
  /** What it means. */
  sentence: string;
  tone: 'plain' | 'note' | 'danger';
};

export const STATE_WORDS: Readonly<Record<OutboxState, Words>> = {
  queued: { word: 'Queued', sentence: 'Waits for its turn to be sent.', tone: 'plain' },
  sending: { word: 'Sending', sentence: 'On its way to the server.', tone: 'plain' },
  sent: { word: 'Sent', sentence: 'The server took it; it is looked up there once more.', tone: 'plain' },
  uncertain: {
    word: 'Unsure',
    sentence:
      'The server gave no answer: it may have arrived. Staffdesk looks there before sending it again.',
    tone: 'note',
  },
  held: { word: 'Held', sentence: 'Waits for you to look at it.', tone: 'note' },
  conflict: { word: 'In conflict', sentence: 'The server has something else.', tone: 'danger' },
  rejected: { word: 'Refused', sentence: 'The server refused it.', tone: 'danger' },
};

/** What an operation would do, as a heading. */
export const KIND_WORDS: Readonly<Record<OutboxItem['kind'], string>> = {
  create_customer: 'New customer',
  create_ticket: 'New ticket',
  reply: 'Reply',
  customer_reply: 'Message of the customer',
  set_status: 'Set the status',
  set_department: 'Move to a department',
};
