import { PUSH_PARALLEL } from '../../../electron/core/sync/push/push.ts';
import {
  MESSAGES_PER_TICKET,
  type RunMeasured,
  type SyncMeasured,
  TICKETS,
  type WindowMeasured,
} from './shape.ts';

const PAGE = 15;
const DRAINED = 200;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const times = (a: number, b: number): string => (b > 0 ? `× ${(a / b).toFixed(2)}` : '–');
const perSecond = (count: number, ms: number): string => `${Math.round((count / ms) * 1000)}/s`;

/** Two readings of each list page, one of each thread (its messages fit on a page), the files, and a hundred. */
const BUDGET = 2 * Math.ceil(TICKETS / PAGE) + TICKETS + 1 + 100;

const best = (some: readonly SyncMeasured[], of: (one: SyncMeasured) => number): SyncMeasured =>
  some.reduce((a, b) => (of(b) < of(a) ? b : a));
const worst = (some: readonly SyncMeasured[], of: (one: SyncMeasured) => RunMeasured): string =>
  `${Math.max(...some.map((one) => of(one).longestBlockMs)).toFixed(0)} ms`;

/** The best run of each latency; of blocks the longest of any run. */
export function syncTables(measured: readonly (readonly SyncMeasured[])[]): string {
  const [far = [], near = []] = measured;
  const head = ['what', 'latency 20 ms', 'none', 'goal'];
  const line = (name: string, cell: (some: readonly SyncMeasured[]) => string, goal = ''): string =>
    row([name, cell(far), cell(near), goal]);
  const first = (some: readonly SyncMeasured[]) => best(some, (one) => one.first.ms / one.bareMs);
  const drained = (some: readonly SyncMeasured[]) =>
    best(some, (one) => one.drain.writesMs / one.bareDrainMs);
  const drain = (some: readonly SyncMeasured[]) => drained(some).drain;
  const idle = (some: readonly SyncMeasured[]) => best(some, (one) => one.idle.ms).idle;
  const idealMs = (some: readonly SyncMeasured[]) => (DRAINED / PUSH_PARALLEL) * (some[0]?.latencyMs ?? 0);
  return [
    row(head),
    row(head.map(() => '---')),
    line(`first sync, ${TICKETS} tickets, ${TICKETS * MESSAGES_PER_TICKET} messages`, (some) =>
      seconds(first(some).first.ms),
    ),
    line('… of it at work itself', (some) => seconds(first(some).first.cpuMs)),
    line('the same requests, answers thrown away', (some) => seconds(first(some).bareMs)),
    line('ratio', (some) => times(first(some).first.ms, first(some).bareMs), '≤ × 1.15 at 20 ms'),
    line('requests', (some) => `${first(some).first.requests} of ${BUDGET}`, 'within the budget'),
    line('lists of tickets read after', (some) => seconds(first(some).first.listsMs)),
    line('tickets per second, lists alone', (some) => perSecond(TICKETS, first(some).first.listsMs)),
    line(
      'tickets per second, messages and all',
      (some) => perSecond(TICKETS, first(some).first.ms),
      '8 000/s',
    ),
    line('longest block', (some) => worst(some, (one) => one.first), '< 16 ms'),
    line(
      'idle cycle: requests, rows changed',
      (some) => `${idle(some).requests}, ${idle(some).changes}`,
      '≤ 6, 0',
    ),
    line('idle cycle', (some) => seconds(idle(some).ms)),
    line(`${DRAINED} replies sent after`, (some) => seconds(drain(some).writesMs)),
    line('the same replies, and nothing else done', (some) => seconds(drained(some).bareDrainMs)),
    line('ratio', (some) => times(drain(some).writesMs, drained(some).bareDrainMs), '≤ × 1.2 at 20 ms'),
    line(`against ${DRAINED} ÷ ${PUSH_PARALLEL} × latency`, (some) =>
      times(drain(some).writesMs, idealMs(some)),
    ),
    line('and found again, the whole run', (some) => seconds(drain(some).ms)),
    line('longest block', (some) => worst(some, (one) => one.drain), '< 16 ms'),
    line(
      'ended by',
      (some) =>
        some.flatMap((one) => one.first.ended ?? one.idle.ended ?? one.drain.ended ?? []).join(' ') || '–',
    ),
  ].join('\n');
}

export function windowLine(seen: WindowMeasured): string {
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  return [
    `The window, for ${seconds(seen.measuredMs)} of the first sync at 20 ms: a timer was late by ${ms(seen.p999Ms)} (p99.9)`,
    `and ${ms(seen.longestMs)} at most, ${seen.over16} times by more than 16 ms. The core answered after`,
    `${ms(seen.answerP50Ms)} (p50), ${ms(seen.answerP99Ms)} (p99), ${ms(seen.answerMostMs)} at most.`,
  ].join(' ');
}
