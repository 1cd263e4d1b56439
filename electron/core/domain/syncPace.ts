const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** A window says so again and again while somebody looks at it; after this long nobody does. */
const ATTENDED_MS = 90 * SECOND_MS;
/** How long a change counts as «something is going on». */
const LIVELY_MS = 5 * MINUTE_MS;
/** On battery a look that nobody waits for is made half as often or less. */
const PAUSES_MS = {
  mains: { calm: 30 * SECOND_MS, alone: 2 * MINUTE_MS, leftAlone: 5 * MINUTE_MS },
  battery: { calm: MINUTE_MS, alone: 5 * MINUTE_MS, leftAlone: 15 * MINUTE_MS },
} as const;
const LEFT_ALONE_MS = 60 * MINUTE_MS;
const FIRST_AWAY_MS = 5 * SECOND_MS;
const LONGEST_AWAY_MS = 2 * MINUTE_MS;

/** What decides when the next run begins. Times in ms UTC. */
export interface Activity {
  /** When somebody last looked at a window of this desk; null = nobody since it was started. */
  readonly attendedAt: number | null;
  /** When a run last brought or sent something. */
  readonly movedAt: number | null;
  /** Runs in a row that did not go through. */
  readonly failures: number;
  /** Something was written here since the last run. */
  readonly hasNew: boolean;
  readonly isOnBattery: boolean;
  /** Nobody sees the screen, whatever a window says. */
  readonly isLocked: boolean;
  /** 0 to 1, drawn anew with each run: desks of one office do not all come back in the same second. */
  readonly chance: number;
}

/**
 * How long after the last run the next one begins: often while somebody works here, rarely when nobody does or the
 * battery is used, later each time while the server is away.
 */
export function pauseBetweenRuns(activity: Activity, now: number): number {
  const { failures, hasNew, chance, attendedAt, movedAt, isLocked, isOnBattery } = activity;
  if (failures > 0) {
    const awayMs = Math.min(FIRST_AWAY_MS * 2 ** Math.min(failures - 1, 10), LONGEST_AWAY_MS);
    return Math.round(awayMs * (0.75 + chance / 2));
  }
  // What was written here goes out at once.
  if (hasNew) return 0;
  const alone = attendedAt === null ? Number.POSITIVE_INFINITY : now - attendedAt;
  const pauses = PAUSES_MS[isOnBattery ? 'battery' : 'mains'];
  if (alone < ATTENDED_MS && !isLocked)
    return movedAt !== null && now - movedAt < LIVELY_MS ? 15 * SECOND_MS : pauses.calm;
  return alone < LEFT_ALONE_MS ? pauses.alone : pauses.leftAlone;
}
