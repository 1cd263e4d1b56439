import { app } from 'electron';
import { APP_ORIGIN, appOriginOf } from './appOrigin.ts';
import type { BridgeHandlers } from './ipc.ts';
import { notify } from './notifications.ts';
import { saveFile } from './saveFile.ts';
import { openExternal } from './webContentsPolicy.ts';
import type { MainWindow } from './windows.ts';
import type { WorkspaceHandlers } from './workspaceHandlers.ts';

/** What the shell does for the window, one entry per message of the bridge. */
export function bridgeHandlers(
  window: MainWindow,
  fetchFile: (request: Request) => Promise<Response>,
): Omit<BridgeHandlers, keyof WorkspaceHandlers> {
  return {
    notify: (input, sender) => {
      // A ticket's number means something at its own desk only, and the window may be at another one by then.
      const origin = appOriginOf(sender.mainFrame.url) ?? APP_ORIGIN;
      notify(input, () => {
        if (input.ticketId === null) window.show();
        else window.send({ type: 'open_ticket', ticketId: input.ticketId }, origin);
      });
    },
    setBadge({ count }) {
      app.setBadgeCount(count); // The dock and Unity; elsewhere it does nothing.
    },
    openExternal: async ({ url }) => ({ opened: await openExternal(url) }),
    saveFile: (input, sender) => saveFile(input, sender.mainFrame.url, window.current(), fetchFile),
    setTheme: ({ theme }) => window.setTheme(theme),
    info: () => ({ platform: process.platform, version: app.getVersion() }),
  };
}
