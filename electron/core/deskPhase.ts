import { type AppError, appErrorOf } from '../../shared/contract/errors.ts';
import type { SystemStatus, UpgradePlan } from '../../shared/contract/system.ts';
import { appVersion } from './appVersion.ts';
import type { DataFolder } from './host/dataFolder.ts';
import { type OpenDesk, openDesk } from './openDesk.ts';
import type { Clock } from './ports/clock.ts';
import type { HttpFetch } from './ports/httpFetch.ts';
import type { Ids } from './ports/ids.ts';
import type { Logger } from './ports/logger.ts';
import type { Power } from './ports/power.ts';
import type { SecretStore } from './ports/secretStore.ts';
import type { EventHub } from './services/eventHub.ts';
import { type DeskFile, inspectDeskFile } from './store/deskFile.ts';
import type { Migration } from './store/migrate.ts';
import { storeError } from './store/store.ts';
import { planUpgrade, type UpgradeProgress } from './store/upgrade.ts';

export interface DeskOptions {
  readonly folder: DataFolder;
  readonly migrations: readonly Migration[];
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly httpFetch: HttpFetch;
  readonly power: Power;
  /** Other machines reach the desk: its setup asks for the code on the terminal. */
  readonly needsSetupCode: boolean;
  readonly keychain: SecretStore | null;
  readonly passphrase: string | null;
}

/** A desk whose schema is older than this program's. */
export interface OldDesk {
  readonly plan: UpgradePlan;
  readonly workspaceId: string;
}

export type Phase =
  | { readonly state: 'failed'; readonly error: AppError }
  | (OldDesk & { readonly state: 'needs_upgrade'; readonly error: AppError | null })
  | (OldDesk & { readonly state: 'upgrading'; readonly progress: UpgradeProgress })
  | { readonly state: 'needs_setup' | 'ready'; readonly open: OpenDesk }
  | { readonly state: 'closed' };

/** What state the workspace's database puts the desk in; opens it where its schema is this version's. */
export function firstPhase(options: DeskOptions, events: EventHub): Phase {
  const { folder, migrations, log } = options;
  const found = inspectDeskFile(folder.database, migrations);
  switch (found.kind) {
    case 'unusable':
      log.error('desk_unusable', { error: found.error });
      return { state: 'failed', error: found.error };
    case 'older': {
      const plan = planUpgrade(found.version, migrations.length, folder.backups, options.clock.now());
      return { state: 'needs_upgrade', plan, workspaceId: found.workspaceId, error: null };
    }
    case 'new':
    case 'current':
      return openPhase(options, events, found);
  }
}

function openPhase(options: DeskOptions, events: EventHub, found: DeskFile): Phase {
  try {
    const open = openDesk({ ...options, events, isNew: found.kind === 'new' });
    const isInstalled = open.services.deps.store.staff.all().length > 0;
    return { state: isInstalled ? 'ready' : 'needs_setup', open };
  } catch (error) {
    options.log.error('desk_not_opened', { error });
    return { state: 'failed', error: storeError(error) ?? appErrorOf('internal') };
  }
}

export function statusOf(phase: Phase, { needsSetupCode }: DeskOptions): SystemStatus {
  const store = phase.state === 'ready' ? phase.open.services.deps.store : undefined;
  return {
    state: phase.state === 'closed' ? 'failed' : phase.state,
    appVersion,
    siteName: store?.settings.get().siteName ?? null,
    isRemote: store?.remoteDesk.get() !== undefined,
    workspaceId: 'open' in phase ? phase.open.workspaceId : 'plan' in phase ? phase.workspaceId : '',
    upgrade: 'plan' in phase ? phase.plan : null,
    upgradeProgress: phase.state === 'upgrading' ? phase.progress : null,
    error: errorOf(phase),
    needsSetupCode,
  };
}

function errorOf(phase: Phase): AppError | null {
  if (phase.state === 'closed') return appErrorOf('not_ready');
  return 'error' in phase ? phase.error : null;
}

/** Why a desk in this phase has no services. */
export function whyNotReady(phase: Phase): AppError {
  switch (phase.state) {
    case 'failed':
      return phase.error;
    case 'needs_upgrade':
      return appErrorOf('upgrade_needed');
    case 'needs_setup':
      return appErrorOf('not_installed');
    case 'upgrading':
    case 'closed':
    case 'ready':
      return appErrorOf('not_ready');
  }
}
