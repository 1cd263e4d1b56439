import type { Desk } from '../desk.ts';
import { runChecks } from '../services/checks.ts';
import type { ApiAddress, Owner } from './command.ts';
import type { HostConfig } from './config.ts';
import type { DataFolder } from './dataFolder.ts';

/** This process as the owner of a workspace; `onStop` is called when somebody asks it to end. */
export function createOwner(facts: {
  desk: Desk;
  folder: DataFolder;
  config: HostConfig;
  isListening: boolean;
  onStop: () => void;
}): Owner {
  const { desk, folder, config, isListening, onStop } = facts;
  let api: ApiAddress = { baseUrl: null, problem: null };
  return {
    desk,
    folder,
    isListening,
    apiAddress: () => api,
    setApiAddress: (address) => {
      api = address;
    },
    checks: () =>
      runChecks({
        dataDir: folder.root,
        host: config.host,
        port: config.port,
        isListening: api.baseUrl !== null,
      }),
    stop: onStop,
  };
}
