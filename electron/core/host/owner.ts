import type { WorkspacesPort } from '../api/workspacesPort.ts';
import type { Desk } from '../desk.ts';
import type { SecretStore } from '../ports/secretStore.ts';
import { runChecks } from '../services/checks.ts';
import type { ApiAddress, Owner } from './command.ts';
import type { HostConfig } from './config.ts';
import type { DataFolder } from './dataFolder.ts';

/** This process as the owner of a workspace; `onStop` is called when somebody asks it to end. */
export function createOwner(facts: {
  desk: Desk;
  folder: DataFolder;
  config: HostConfig;
  keychain: SecretStore | null;
  isListening: boolean;
  workspaces: WorkspacesPort | null;
  onStop: () => void;
}): Owner {
  const { desk, folder, config, keychain, isListening, workspaces, onStop } = facts;
  let api: ApiAddress = { baseUrl: null, problem: null };
  return {
    desk,
    folder,
    isListening,
    workspaces,
    apiAddress: () => api,
    setApiAddress: (address) => {
      api = address;
    },
    checks: async () => {
      const services = desk.ready();
      return runChecks({
        dataDir: folder.root,
        host: config.host,
        port: config.port,
        isListening: api.baseUrl !== null,
        keychain,
        secrets: services.ok ? await services.value.keeper.status() : null,
      });
    },
    stop: onStop,
  };
}
