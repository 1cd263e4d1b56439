/** What the stand-in server holds. */
export const TICKETS = 20_000;
export const MESSAGES_PER_TICKET = 3;
export const CUSTOMERS = 1_000;
export const ATTACHMENTS = 2_000;
/** Requests of the bare loop at once: as many as the engine may have. */
export const BARE_PARALLEL = 8;

/** What it is told to be like. */
export interface ServerOrder {
  readonly latencyMs: number;
  /** Its setting `tickets_page`. */
  readonly ticketsPage: number;
}

/** One run of the engine, as it was seen from outside. Times in milliseconds. */
export interface RunMeasured {
  readonly ms: number;
  /** Of the processor, of this process alone: on a machine that others use, what the rest waited for is theirs. */
  readonly cpuMs: number;
  readonly requests: number;
  /** Until every list of tickets was read. */
  readonly listsMs: number;
  /** From the answer before the first write until the last write was answered; 0 = there was none. */
  readonly writesMs: number;
  readonly longestBlockMs: number;
  readonly ended: string | null;
  /** Rows that SQLite changed. */
  readonly changes: number;
}

export interface SyncMeasured {
  readonly latencyMs: number;
  readonly first: RunMeasured;
  /** The same requests in the same order, their answers thrown away. */
  readonly bareMs: number;
  readonly idle: RunMeasured;
  readonly drain: RunMeasured;
  /** The same replies again, as many at once, and nothing else done. */
  readonly bareDrainMs: number;
}

/** A window during the first sync at 20 ms: how late its timers were, and how long the core took to answer. */
export interface WindowMeasured {
  readonly longestMs: number;
  readonly p999Ms: number;
  /** Times that a timer was over 16 ms late. */
  readonly over16: number;
  readonly measuredMs: number;
  readonly answerP50Ms: number;
  readonly answerP99Ms: number;
  readonly answerMostMs: number;
}
