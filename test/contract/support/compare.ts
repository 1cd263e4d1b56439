import type { Answer } from './client.ts';

/** What an answer must be: the recorded one, or ours where it differs on purpose. */
export interface Expected {
  readonly status: number;
  readonly contentType: string;
  readonly location?: string | undefined;
  readonly body: string;
  /** Only a note of an HTML page was recorded, and its title. */
  readonly isPage?: boolean;
}

const TIMES = new Set(['date', 'last_update', 'registration', 'last_login']);
/** The reference sorts these by nothing, or by a date that is equal for many (behaviour.md 2.5, 3.6). */
const UNORDERED = new Set(['tickets', 'files', 'messages']);

/** The differences between an answer and what is expected of it, in words; none = the same. */
export function differences(
  actual: Answer,
  expected: Expected,
  timeSpan: readonly [number, number],
): string[] {
  const found: string[] = [];
  const same = (what: string, is: unknown, wanted: unknown): void => {
    if (is !== wanted) found.push(`${what}: ${JSON.stringify(is)} instead of ${JSON.stringify(wanted)}`);
  };
  same('status', actual.status, expected.status);
  same('content type', actual.contentType, expected.contentType);
  same('location', actual.location, expected.location);
  if (expected.isPage) {
    same('title', /<title>(.*)<\/title>/.exec(actual.body)?.[1], 'Page not found - 404');
  } else if (expected.body.startsWith('{') && actual.body.startsWith('{')) {
    compareValue(JSON.parse(actual.body), JSON.parse(expected.body), '', { found, timeSpan });
  } else {
    same('body', actual.body, expected.body);
  }
  return found;
}

interface Context {
  readonly found: string[];
  readonly timeSpan: readonly [number, number];
}

function compareValue(actual: unknown, expected: unknown, path: string, context: Context): void {
  const name = path.split('.').at(-1) ?? '';
  if (TIMES.has(name)) {
    if (!isPlausibleTime(actual, expected, context.timeSpan))
      context.found.push(`${path}: ${String(actual)}`);
  } else if (Array.isArray(expected) && Array.isArray(actual)) {
    compareList(actual, expected, path, UNORDERED.has(name), context);
  } else if (isObject(expected) && isObject(actual)) {
    const [keys, wanted] = [Object.keys(actual).join(), Object.keys(expected).join()];
    if (keys !== wanted) context.found.push(`${path}: keys ${keys} instead of ${wanted}`);
    for (const [key, value] of Object.entries(expected))
      compareValue(actual[key], value, `${path}.${key}`, context);
  } else if (actual !== expected) {
    context.found.push(`${path}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
  }
}

function compareList(
  actual: readonly unknown[],
  expected: readonly unknown[],
  path: string,
  isUnordered: boolean,
  context: Context,
): void {
  if (actual.length !== expected.length) {
    context.found.push(`${path}: ${actual.length} rows instead of ${expected.length}`);
    return;
  }
  const inOrder = (rows: readonly unknown[]) =>
    isUnordered ? [...rows].sort((a, b) => idOf(a) - idOf(b)) : rows;
  const wanted = inOrder(expected);
  for (const [index, row] of inOrder(actual).entries()) {
    compareValue(row, wanted[index], `${path}.${index}`, context);
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const idOf = (row: unknown): number => (isObject(row) ? Number(row.id) : 0);

/** Unix seconds as a string; 0 means «never» and must stay 0. */
function isPlausibleTime(actual: unknown, expected: unknown, [from, to]: readonly [number, number]): boolean {
  if (typeof actual !== 'string' || !/^\d+$/.test(actual)) return false;
  if (expected === '0') return actual === '0';
  const atMs = Number(actual) * 1000;
  return atMs >= from - 1000 && atMs <= to;
}
