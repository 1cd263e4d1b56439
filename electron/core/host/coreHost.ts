import type { Result } from '../../../shared/util/result.ts';
import type { CoreAddress } from './coreProtocol.ts';

/**
 * One run of the core, wherever it lives: a utility process under Electron, this very process under Node.
 * To run it again, make a new host.
 */
export interface CoreHost {
  /** Starts the core. An error is final for these options; a core that dies on the way reports through `onEnd`. */
  start(): Promise<Result<CoreAddress>>;
  /** Closes the database, then ends the core. Resolves when it is gone; may be called at any time, and again. */
  close(): Promise<void>;
  /** Calls once when the core ended, asked for or not. */
  onEnd(listener: () => void): void;
  /** Calls when somebody asked the core to stop; `close` is the owner's to call. */
  onStopAsked(listener: () => void): void;
}
