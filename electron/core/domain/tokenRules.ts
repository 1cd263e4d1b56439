const HOUR_MS = 60 * 60 * 1000;

/** Until when a token that was regenerated works on; null = it stops at once. */
export function overlapUntil(now: number, overlapHours: number): number | null {
  return overlapHours > 0 ? now + overlapHours * HOUR_MS : null;
}

/** Whether a token that was regenerated is still within its overlap. */
export function isWithinOverlap(validUntil: number | null, now: number): boolean {
  return validUntil !== null && now < validUntil;
}
