import type { InstallInput, StaffMember } from '../../shared/contract/desk.ts';
import { appErrorOf } from '../../shared/contract/errors.ts';
import type { ConnectAccountInput } from '../../shared/contract/sync.ts';
import type { SystemStatus } from '../../shared/contract/system.ts';
import { err, ok, type Result } from '../../shared/util/result.ts';
import {
  type DeskOptions,
  firstPhase,
  type OldDesk,
  type Phase,
  statusOf,
  whyNotReady,
} from './deskPhase.ts';
import { createSetupLock } from './host/setupLock.ts';
import { DEMO_SEED, demoInstall, fillDemo } from './services/demoDesk.ts';
import { createEventHub, type EventHub } from './services/eventHub.ts';
import type { Services } from './services/services.ts';
import { installDesk } from './services/setup.ts';
import { type UpgradeProgress, upgradeDeskFile } from './store/upgrade.ts';
import { type Connected, connectDesk } from './sync/account/connect.ts';

/**
 * The desk of a workspace this process owns, in whatever state it is: needs_setup → ready,
 * needs_upgrade → upgrading → ready, or failed. `open` it once, `close` it at the end.
 */
export class Desk {
  readonly events: EventHub;
  readonly #options: DeskOptions;
  #phase: Phase = { state: 'closed' };
  #upgrading: Promise<Result<SystemStatus>> | null = null;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.events = createEventHub(options.clock, (error) =>
      options.log.error('event_listener_failed', { error }),
    );
  }

  /** Looks at the database and opens it where that is possible; the outcome is the state. */
  open(): void {
    this.#enter(firstPhase(this.#options, this.events));
  }

  status(): SystemStatus {
    return statusOf(this.#phase, this.#options);
  }

  /** The services, or the error that says why there are none. */
  ready(): Result<Services> {
    const phase = this.#phase;
    return phase.state === 'ready' ? ok(phase.open.services) : err(whyNotReady(phase));
  }

  /** Whether the setup would answer `already_installed`. */
  refusesSetup(): boolean {
    return this.#phase.state === 'ready' && !createSetupLock(this.#options.folder.allowSetup).isOpen();
  }

  /** Sets the desk up; a desk that is set up answers `already_installed` and names the step that unlocks it. */
  async install(input: InstallInput): Promise<Result<StaffMember>> {
    const phase = this.#phase;
    if (phase.state !== 'needs_setup' && phase.state !== 'ready') return err(whyNotReady(phase));
    // Before the password is hashed: a stranger's attempt costs nothing.
    if (this.refusesSetup()) return err(appErrorOf('already_installed'));
    const lock = createSetupLock(this.#options.folder.allowSetup);
    const installed = await installDesk(phase.open.services.deps, input, lock);
    if (!installed.ok) return installed;
    this.#options.log.info('desk_installed', { staffId: installed.value.id });
    this.#enter({ state: 'ready', open: phase.open });
    return installed;
  }

  /** Makes an empty desk the mirror of a HelpDeskZ elsewhere; already_installed when it is a desk already. */
  async connect(input: ConnectAccountInput): Promise<Result<Connected>> {
    const phase = this.#phase;
    if (phase.state === 'ready') {
      const isRemote = phase.open.services.sync.status() !== null;
      return err(appErrorOf(isRemote ? 'already_connected' : 'already_installed'));
    }
    if (phase.state !== 'needs_setup') return err(whyNotReady(phase));
    const connected = await connectDesk(phase.open.services.deps, input);
    if (!connected.ok) return connected;
    this.#options.log.info('desk_connected', { staffId: connected.value.staff.id });
    this.#enter({ state: 'ready', open: phase.open });
    return connected;
  }

  /** Sets an empty desk up with an administrator «demo», whose password is in the answer only. */
  async installDemoAdmin(): Promise<Result<{ staff: StaffMember; password: string }>> {
    if (this.#phase.state === 'ready') return err(appErrorOf('already_installed'));
    const password = this.#options.ids.secret(12);
    const installed = await this.install(demoInstall(password));
    return installed.ok ? ok({ staff: installed.value, password }) : installed;
  }

  /** A demo desk with tickets. Where filling it fails, the desk is there and the failed job says why. */
  async installDemo(tickets: number): Promise<Result<{ staff: StaffMember; password: string }>> {
    const installed = await this.installDemoAdmin();
    const services = this.ready();
    if (!installed.ok) return installed;
    if (services.ok) await fillDemo(services.value, { tickets, seed: DEMO_SEED, isDeskInUse: false });
    return installed;
  }

  /** Upgrades an older desk; resolves when that has ended. Where nothing is to upgrade, the state as it is. */
  upgrade(): Promise<Result<SystemStatus>> {
    const phase = this.#phase;
    if (phase.state === 'needs_upgrade') this.#upgrading = this.#runUpgrade(phase);
    return this.#upgrading ?? Promise.resolve(ok(this.status()));
  }

  async #runUpgrade({ plan, workspaceId }: OldDesk): Promise<Result<SystemStatus>> {
    const { folder, log, migrations } = this.#options;
    const onProgress = (progress: UpgradeProgress): void =>
      this.#enter({ state: 'upgrading', plan, workspaceId, progress });
    onProgress({ done: 0, total: plan.toVersion - plan.fromVersion + 1, step: 'backup' });
    log.info('upgrade_started', { ...plan });
    const upgraded = await upgradeDeskFile(folder.database, plan, migrations, onProgress).catch(
      (error: unknown) => {
        log.error('upgrade_broke', { error });
        return err(appErrorOf('internal'));
      },
    );
    if (!upgraded.ok) log.error('upgrade_failed', { error: upgraded.error });
    const next = firstPhase(this.#options, this.events);
    this.#enter(next.state === 'needs_upgrade' && !upgraded.ok ? { ...next, error: upgraded.error } : next);
    return upgraded.ok ? ok(this.status()) : upgraded;
  }

  /** Ends whatever runs and closes the database; the desk answers `not_ready` from then on. */
  async close(): Promise<void> {
    await this.#upgrading;
    const phase = this.#phase;
    this.#phase = { state: 'closed' };
    if ('open' in phase) await phase.open.close();
  }

  #enter(phase: Phase): void {
    this.#phase = phase;
    this.events.publish({ type: 'system', status: this.status() });
  }
}
