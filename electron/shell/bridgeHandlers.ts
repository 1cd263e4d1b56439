import { app } from 'electron';
import type { BridgeHandlers } from './ipc.ts';
import { notify } from './notifications.ts';
import { saveFile } from './saveFile.ts';
import { openExternal } from './webContentsPolicy.ts';
import type { MainWindow } from './windows.ts';

/** What the shell does for the window, one entry per message of the bridge. */
export function bridgeHandlers(
  window: MainWindow,
  fetchFile: (request: Request) => Promise<Response>,
): BridgeHandlers {
  return {
    notify: (input) =>
      notify(input, () => {
        if (input.ticketId === null) window.show();
        else window.send({ type: 'open_ticket', ticketId: input.ticketId });
      }),
    setBadge({ count }) {
      app.setBadgeCount(count); // The dock and Unity; elsewhere it does nothing.
    },
    openExternal: async ({ url }) => ({ opened: await openExternal(url) }),
    saveFile: (input) => saveFile(input, window.current(), fetchFile),
    setTheme: ({ theme }) => window.setTheme(theme),
    info: () => ({ platform: process.platform, version: app.getVersion() }),
  };
}
