/** How far a long job was at a moment. Times in ms. */
export interface Mark {
  readonly at: number;
  readonly done: number;
}

/** Below this nothing is said: a guess from a few seconds is a lie. */
const LEAST_MS = 10_000;
/** How far back the speed is measured: long enough to be calm, short enough to notice a slow network. */
const WINDOW_MS = 60_000;
const STEP_MS = 2_000;

/** Keeps what the speed of a long job is measured by: a mark every few seconds, of the last minute. */
export function withMark(marks: readonly Mark[], mark: Mark): readonly Mark[] {
  const last = marks.at(-1);
  if (last && (mark.at - last.at < STEP_MS || mark.done < last.done)) {
    return mark.done < last.done ? [mark] : marks;
  }
  return [...marks.filter(({ at }) => mark.at - at <= WINDOW_MS), mark];
}

/** How long the rest takes at the speed of the last minute; null while nobody can tell. */
export function timeLeftMs(marks: readonly Mark[], left: number): number | null {
  const first = marks[0];
  const last = marks.at(-1);
  if (!first || !last || last.at - first.at < LEAST_MS || last.done <= first.done) return null;
  return Math.round((left * (last.at - first.at)) / (last.done - first.done));
}
