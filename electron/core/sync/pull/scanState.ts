/** A part of the remote's tickets that can be listed on its own; small parts shift less while they are read. */
export interface Part {
  readonly status: number;
  readonly departmentId?: number;
}

/** How many requests a scan may still make in this run. */
export interface Budget {
  left: number;
}

/** A scan under way: it stops when the budget is used up and goes on in a later run. */
export interface Scan {
  readonly part: Part;
  readonly seen: Set<number>;
  page: number;
  pass: number;
  /** What the last page said. */
  total: number;
  seenBefore: number;
  /** The total moved while the pass was under way: something may have slipped past it. */
  isDisturbed: boolean;
  /** A page was read. */
  isBegun: boolean;
  /** This pass began after the first page, in a process that knows nothing of the pages before. */
  isResumed: boolean;
  isListed: boolean;
}

export const beginScan = (part: Part, page = 1): Scan => ({
  ...{ part, page, seen: new Set(), pass: 1, total: 0, seenBefore: 0 },
  ...{ isDisturbed: false, isResumed: page > 1, isBegun: false, isListed: false },
});

/** What an engine remembers of closed tickets between runs; a new process does without. */
export interface ClosedMemory {
  scan: Scan | null;
  /** A difference in the counts that a whole scan could not explain: it is no reason for the next one. */
  unexplained: number;
}
