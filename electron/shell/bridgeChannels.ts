import type { BridgeChannel } from '../../shared/contract/desktopBridge.ts';

/** Names on Electron's own channels; window and shell must agree on them and nobody else needs them. */
export const ipcName = (channel: BridgeChannel): string => `staffdesk:${channel}`;
export const COMMAND_CHANNEL = 'staffdesk:command';
