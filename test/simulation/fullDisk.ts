/** A disk that takes some more transactions and then refuses some, until somebody makes room. */
export function fullDisk() {
  let taken = 0;
  let refused = 0;
  return {
    fill: (after: number, times: number): void => {
      taken = after;
      refused = times;
    },
    /** Asked once for each write. */
    isFull: (): boolean => {
      if (refused === 0) return false;
      if (taken > 0) {
        taken -= 1;
        return false;
      }
      refused -= 1;
      return true;
    },
    /** What SQLite does at the commit: everything that was written is taken back. */
    refuse: (_: unknown): never => {
      throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    },
  };
}
