import type { DeskEvent } from '../../../shared/contract/events.ts';
import type { Clock } from '../ports/clock.ts';

export interface NumberedEvent {
  readonly number: number;
  readonly event: DeskEvent;
}
export type EventListener = (numbered: NumberedEvent) => void;

const REMEMBERED = 1000;

/** Hands out what has been committed. Numbers grow, also across restarts (they start at the clock's milliseconds). */
export interface EventHub {
  publish(event: DeskEvent): void;
  /** Returns the function that stops listening. */
  subscribe(listener: EventListener): () => void;
  newest(): number;
  /** The events after `number`, or null when they are no longer remembered: the listener has to refetch. */
  since(number: number): readonly NumberedEvent[] | null;
}

/** `onError` hears of a listener that threw: what was committed stays so, and the other listeners hear of it. */
export function createEventHub(clock: Clock, onError: (error: unknown) => void = () => {}): EventHub {
  const listeners = new Set<EventListener>();
  const first = clock.now();
  let newest = first;
  const remembered: NumberedEvent[] = [];
  const deliver = (event: DeskEvent): void => {
    newest += 1;
    const numbered = { number: newest, event };
    remembered.push(numbered);
    if (remembered.length > REMEMBERED) remembered.shift();
    for (const listener of listeners) {
      try {
        listener(numbered);
      } catch (error) {
        onError(error);
      }
    }
  };
  return {
    publish: deliver,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    newest: () => newest,
    since(number) {
      if (number === newest) return [];
      const oldest = remembered[0]?.number;
      if (oldest === undefined || number < oldest - 1 || number > newest) return null;
      return remembered.filter((item) => item.number > number);
    },
  };
}

/** The same hub for what writes: an event published inside a transaction waits until that is on disk. */
export function publishAfterCommit(hub: EventHub, afterCommit: (action: () => void) => void): EventHub {
  return { ...hub, publish: (event) => afterCommit(() => hub.publish(event)) };
}
