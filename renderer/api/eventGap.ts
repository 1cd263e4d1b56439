import type { DeskEvent, StreamedEvent } from '../../shared/contract/events.ts';

/** The last event number this window knows; null before the first greeting. */
export type Position = number | null;
export type Step = { position: Position; deliver: DeskEvent | null; isGap: boolean };

/**
 * The stream's greeting: where the core is now. Anything but our own place means we missed something; so does the
 * first greeting, since what was fetched before it may already be old.
 */
export function onHello(position: Position, number: number): Step {
  return { position: number, deliver: null, isGap: position !== number };
}

/** One event: delivered in order, ignored when a refetch already covered it, a gap when one before it is missing. */
export function onStreamed(position: Position, { number, previous, event }: StreamedEvent): Step {
  if (position !== null && number <= position) return { position, deliver: null, isGap: false };
  return { position: number, deliver: event, isGap: position !== null && previous !== position };
}
