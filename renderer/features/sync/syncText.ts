import type { ErrorCode } from '../../../shared/contract/errors.ts';
import type {
  OutboxItem,
  OutboxState,
  SyncProgress,
  SyncStatus,
  Upload,
} from '../../../shared/contract/sync.ts';
import { outboxNumbers } from '../../../shared/model/outboxNumbers.ts';
import { shareText } from '../composer/index.ts';

export { outboxNumbers };

export type SyncTone = 'good' | 'busy' | 'away' | 'stopped';

/** Where the desk stands with its server, in one line. */
export function syncLine(status: SyncStatus, now: number): { text: string; tone: SyncTone } {
  const { total, undecided } = outboxNumbers(status.outbox);
  const waiting = total - undecided - status.uploads.length;
  const { text, tone } = standing(status, now);
  const parts = [text];
  const saving = tone === 'good' ? savingText(status, now) : null;
  if (saving !== null) parts.push(saving);
  if (waiting > 0 && (!status.sending || status.uploads.length > 0)) parts.push(`${waiting} waiting`);
  if (undecided > 0) parts.push(`${undecided} to decide`);
  return { text: parts.join(' · '), tone };
}

/** When the next look is, where the battery makes it later; within a minute nobody minds. */
function savingText({ savesPower, nextSyncAt }: SyncStatus, now: number): string | null {
  if (!savesPower || nextSyncAt === null || nextSyncAt - now <= MINUTE_MS) return null;
  return `Saving battery: next look in ${leftText(nextSyncAt - now)}`;
}

/** Why nothing is exchanged, in a word: a mode one works in, not an accident. */
const MODES: Partial<Record<ErrorCode, { word: string; tone: SyncTone; needsReason: boolean }>> = {
  remote_unreachable: { word: 'Offline', tone: 'away', needsReason: false },
  sync_paused: { word: 'Paused', tone: 'away', needsReason: false },
  remote_restored: { word: 'The server was restored from a backup', tone: 'stopped', needsReason: false },
  remote_disconnected: { word: 'Disconnected', tone: 'away', needsReason: false },
  remote_token_refused: { word: 'Signed out', tone: 'stopped', needsReason: true },
  remote_address_refused: { word: 'Refused', tone: 'stopped', needsReason: true },
  remote_permission_missing: { word: 'Refused', tone: 'stopped', needsReason: true },
  secrets_locked: { word: 'Locked', tone: 'stopped', needsReason: true },
  disk_full: { word: 'Stopped', tone: 'stopped', needsReason: true },
};

function standing(status: SyncStatus, now: number): { text: string; tone: SyncTone } {
  const { problem, isRunning, lastSyncAt, threadsLeft, sending, progress, uploads } = status;
  const upload = together(uploads);
  if (upload) return { text: uploadText(upload), tone: 'busy' };
  if (sending)
    return { text: `Sending ${Math.min(sending.done + 1, sending.total)} of ${sending.total}`, tone: 'busy' };
  if (problem) {
    const { word, tone, needsReason } = MODES[problem.code] ?? {
      ...{ word: 'The server has trouble', tone: 'away', needsReason: true },
    };
    return { text: needsReason ? `${word}: ${problem.message}` : word, tone };
  }
  if (progress) return { text: progressText(progress, isRunning), tone: 'busy' };
  if (isRunning && threadsLeft > 0) {
    const noun = threadsLeft === 1 ? 'conversation' : 'conversations';
    return { text: `Syncing… ${grouped.format(threadsLeft)} ${noun} left`, tone: 'busy' };
  }
  if (lastSyncAt === null) return { text: isRunning ? 'Syncing…' : 'Not synced yet', tone: 'busy' };
  return { text: `Synced ${agoText(now - lastSyncAt)}`, tone: 'good' };
}

/** Several that go at once as if they were one; undefined = none goes. */
export function together(uploads: readonly Upload[]): Upload | undefined {
  const [first] = uploads;
  const sum = (of: 'files' | 'sentBytes' | 'sizeBytes'): number =>
    uploads.reduce((all, upload) => all + upload[of], 0);
  return first && { ...first, files: sum('files'), sentBytes: sum('sentBytes'), sizeBytes: sum('sizeBytes') };
}

/** «Sending invoice.pdf, 3.4 of 12 MB». */
export function uploadText({ name, files, sentBytes, sizeBytes }: Upload): string {
  const what = files === 1 ? name : `${name} and ${files - 1} more`;
  return sentBytes < sizeBytes
    ? `Sending ${what}, ${shareText(sentBytes, sizeBytes)}`
    : `${what}: sent, the server works on it`;
}

export const uploadPercent = ({ sentBytes, sizeBytes }: Upload): number =>
  sizeBytes === 0 ? 100 : Math.floor((sentBytes / sizeBytes) * 100);

/** Tickets first; while conversations are read, these, with the time left once anybody can tell. */
function progressText(progress: SyncProgress, isRunning: boolean): string {
  const { tickets, ticketsExpected, conversations, leftMs } = progress;
  if (!isRunning) return 'The first sync waits';
  // The last few are found while conversations are read already.
  const isListing = tickets < ticketsExpected * 0.95;
  const [done, noun] = isListing ? [tickets, 'tickets'] : [conversations, 'conversations'];
  const text = `First sync: ${grouped.format(done)} of ${grouped.format(ticketsExpected)} ${noun}`;
  return leftMs === null ? text : `${text} · ${leftText(leftMs)} left`;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Rounded up, and coarse: a promise that can be kept. */
export function leftText(ms: number): string {
  if (ms <= 50 * SECOND_MS) return 'less than a minute';
  const minutes = Math.ceil(ms / MINUTE_MS);
  if (minutes <= 90) return minutes === 1 ? 'about a minute' : `about ${minutes} minutes`;
  return `about ${Math.ceil(ms / HOUR_MS)} hours`;
}

export function agoText(ageMs: number): string {
  return ageMs < MINUTE_MS ? 'just now' : `${spanText(ageMs)} ago`;
}

const daysOf = (ms: number): number => Math.floor(ms / (24 * HOUR_MS));

/** 5 min, 3 h, 4 days. */
export function spanText(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes < 60) return `${minutes} min`;
  return ms < 48 * HOUR_MS ? `${Math.floor(ms / HOUR_MS)} h` : `${daysOf(ms)} days`;
}

/** At the beginning of a line. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const grouped = new Intl.NumberFormat('en');

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
      'The server did not say that it took it: it may have arrived. Staffdesk looks there before sending it again.',
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
  update_customer: 'Change an address',
  create_department: 'New department',
  update_department: 'Change a department',
  delete_ticket: 'Delete a ticket',
  delete_customer: 'Delete a customer',
  delete_department: 'Delete a department',
  delete_attachment: 'Delete a file',
};
