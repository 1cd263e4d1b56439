import type { InstallInput, StaffMember } from '../../../shared/contract/desk.ts';
import type { ConnectDeskInput } from '../../../shared/contract/sync.ts';
import type { SystemCheck, SystemStatus } from '../../../shared/contract/system.ts';
import type { StaffId } from '../../../shared/model/ids.ts';
import type { Result } from '../../../shared/util/result.ts';
import type { EventHub } from '../services/eventHub.ts';
import type { Services } from '../services/services.ts';
import type { WorkspacesPort } from './workspacesPort.ts';

/** What the servers need of a desk, whatever state it is in. `electron/core/desk.ts` satisfies it. */
export interface DeskPort {
  status(): SystemStatus;
  /** null unless the state is `ready`. */
  services(): Services | null;
  /** Events of the desk, also `system` ones while it is not ready. */
  readonly events: EventHub;
  checks(): Promise<SystemCheck[]>;
  install(input: InstallInput): Promise<Result<StaffMember>>;
  /** Makes an empty desk the mirror of a HelpDeskZ; `missing`: permissions that its token lacks. */
  connect(input: ConnectDeskInput): Promise<Result<{ staffId: StaffId; missing: string[] }>>;
  /** Sets up a demo desk with an admin «demo» and the given number of tickets. */
  installDemo(tickets: number, code?: string): Promise<Result<{ staff: StaffMember; password: string }>>;
  /** Starts the upgrade; its progress comes as `system` events. */
  upgrade(): Result<SystemStatus>;
  /** Other workspaces, where windows may go on to them from here. */
  readonly workspaces: WorkspacesPort | null;
  /** Where the HelpDeskZ API is reached, or why it is not. */
  apiAddress(): { baseUrl: string | null; problem: string | null };
}
