import type { State } from './state.ts';
import { type FakeRequest, type FakeResponse, type Form, failure } from './wire.ts';

/** Names the write that has just happened: the reference has no transactions (behaviour.md 3.5). */
export type Step = 'message' | 'counters' | 'files' | 'mail' | 'close' | 'done';
/** Runs a call write by write, so that a simulation can look, or cut, in between. */
export type Steps = Generator<Step, FakeResponse>;

export interface Call {
  readonly state: State;
  /** Unix seconds. */
  readonly now: number;
  readonly request: FakeRequest;
  /** The last part of the path, '' when missing. */
  readonly id: string;
  readonly query: Readonly<Record<string, string>>;
  readonly form: Form;
  /** What validation reads: query and JSON too, which the controllers then ignore (fact 3). */
  readonly validated: Readonly<Record<string, string>>;
}

/** One rule's complaint, or null. */
type Complaint = string | null;

/** Several complaints are joined by one space, in rule order, one per field (2.1). */
export function complain(...complaints: readonly Complaint[]): FakeResponse | null {
  const said = complaints.filter((text) => text !== null);
  return said.length > 0 ? failure(said.join(' ')) : null;
}

export const required = (value: string | undefined, text: string): Complaint =>
  value === undefined || value.trim() === '' ? text : null;

export const isNumeric = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text.trim());

const LARGEST_INTEGER = 9_223_372_036_854_775_807n;

export type PageNumber = number | 'not_found' | 'fatal';

/** `page` of users and tickets: text counts as 1, zero, negative and fractional ones are refused, huge ones fatal. */
export function strictPage(text: string | undefined): PageNumber {
  if (text === undefined || !isNumeric(text)) return 1;
  if (/^\d+$/.test(text) && BigInt(text) > LARGEST_INTEGER) return 'fatal';
  const page = Number(text);
  return page < 1 || !Number.isInteger(page) ? 'not_found' : page;
}

/** `page` of messages: whatever is not a positive number is 1 (2.5). */
export function lenientPage(text: string | undefined): PageNumber {
  const page = strictPage(text);
  return page === 'not_found' ? 1 : page;
}
