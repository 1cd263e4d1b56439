/** How the machine is powered and used, as far as its host can tell. */
export interface PowerState {
  /** It goes to sleep, or sleeps. */
  readonly isAsleep: boolean;
  readonly isOnBattery: boolean;
  /** Nobody sees the screen. */
  readonly isLocked: boolean;
}

export interface Power {
  state(): PowerState;
  /** Calls after a change, with the state before it. Returns how to stop. */
  onChange(listener: (before: PowerState) => void): () => void;
}

/** Plugged in and awake: where no host says otherwise. */
export const MAINS: PowerState = { isAsleep: false, isOnBattery: false, isLocked: false };

/** `set`: for whoever hears it from the system. */
export function createPower(): Power & { set(state: PowerState): void } {
  let state = MAINS;
  const listeners = new Set<(before: PowerState) => void>();
  return {
    state: () => state,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set: (next) => {
      const before = state;
      state = next;
      for (const listener of listeners) listener(before);
    },
  };
}
