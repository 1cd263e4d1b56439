import os from 'node:os';
import type { BenchDesk } from './desks.ts';
import type { HttpMeasured } from './measureHttp.ts';
import type { Timing } from './stats.ts';

export interface Measured {
  readonly desk: BenchDesk;
  readonly timings: readonly Timing[];
  /** Of the measuring process, the reader worker included. */
  readonly rssBytes: number;
  readonly http: HttpMeasured;
}

const ms = (value: number | undefined): string =>
  value === undefined ? '–' : value < 10 ? value.toFixed(2) : value.toFixed(0);
const mb = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
const count = (value: number): string => value.toLocaleString('en-US').replaceAll(',', ' ');

export function machine(): string {
  const [cpu] = os.cpus();
  const memory = `${Math.round(os.totalmem() / 2 ** 30)} GB`;
  return `${os.cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${memory}, ${os.type()} ${os.release()}, Node ${process.version}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

export function deskTable(measured: readonly Measured[]): string {
  const lines = measured.map(({ desk, http }) => {
    const { tickets, messages, attachments, ticketsPerSecond } = desk.facts;
    return row([
      count(tickets),
      count(messages),
      count(attachments),
      mb(desk.sizeBytes),
      `${count(ticketsPerSecond)}/s`,
      http.rssBytes === null ? '–' : mb(http.rssBytes),
    ]);
  });
  return [
    row([
      'tickets',
      'messages',
      'attachments',
      'desk.db',
      'made at (index included)',
      'RSS of `serve` after everything below',
    ]),
    '|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}

/** One line per thing measured, one group of columns per desk size: p50 / p95 / p99 in milliseconds. */
export function timingTable(measured: readonly Measured[]): string {
  const names = measured[0]?.timings.map((timing) => timing.name) ?? [];
  const head = ['what', ...measured.map(({ desk }) => `${count(desk.facts.tickets)} tickets`), 'p50 grows'];
  const lines = names.map((name) => {
    const found = measured.map(({ timings }) => timings.find((timing) => timing.name === name));
    const cells = found.map((one) => `${ms(one?.p50)} / ${ms(one?.p95)} / ${ms(one?.p99)}`);
    const growth = (found.at(-1)?.p50 ?? 0) / (found[0]?.p50 ?? 1);
    return row([name, ...cells, measured.length > 1 ? `× ${growth.toFixed(1)}` : '–']);
  });
  return [row(head), row(head.map(() => '---')), ...lines].join('\n');
}

/** Requests per second that several connections get at once, with p50 and p99 of one request. */
export function loadTable(measured: readonly Measured[]): string {
  const names = measured[0]?.http.requestsPerSecond.map((one) => one.name) ?? [];
  const head = ['HTTP load', ...measured.map(({ desk }) => `${count(desk.facts.tickets)} tickets`)];
  const lines = names.map((name) => {
    const cells = measured.map(({ http }) => {
      const found = http.requestsPerSecond.find((one) => one.name === name);
      return found ? `${count(found.perSecond)}/s (p50 ${found.p50} ms, p99 ${found.p99} ms)` : '–';
    });
    return row([name, ...cells]);
  });
  return [row(head), row(head.map(() => '---')), ...lines].join('\n');
}
