import type { BridgeOutput, DesktopBridge, ShellCommand } from '../../shared/contract/desktopBridge.ts';
import type { WorkspaceKey, WorkspaceList } from '../../shared/contract/workspaces.ts';
import type { Result } from '../../shared/util/result.ts';
import { AppFailure } from '../api/errors.ts';

declare global {
  interface Window {
    /** Put there by Electron's preload script; absent in a browser. */
    readonly desktop?: DesktopBridge;
  }
}

const commandListeners = new Set<(command: ShellCommand) => void>();

/** The workspaces of this user: seen, gone to, added, taken off the list. */
export type WorkspaceCalls = {
  list(): Promise<WorkspaceList>;
  open(key: WorkspaceKey): Promise<{ url: string }>;
  add(): Promise<{ url: string }>;
  forget(key: WorkspaceKey): Promise<void>;
};

/** What the window wants from the system, whether Electron or a browser gives it. */
export type Desktop = {
  /** True inside the desktop app. */
  readonly isApp: boolean;
  notify(notice: { title: string; body: string; ticketId: number | null }): Promise<void>;
  /** A browser has not been asked yet whether it may show notifications. */
  canAskToNotify(): boolean;
  /** Asks; only from a click. */
  askToNotify(): Promise<void>;
  setBadge(count: number): Promise<void>;
  /** Opens an http(s) or mailto address outside the app. */
  openExternal(url: string): Promise<void>;
  /** Saves what the core serves under /files/. The place is known only inside the app. */
  saveFile(path: string, suggestedName: string): Promise<BridgeOutput<'saveFile'>>;
  setTheme(theme: 'light' | 'dark' | 'system'): Promise<void>;
  /** The app opens workspaces itself; a browser asks the desk. */
  readonly workspaces: WorkspaceCalls | null;
  /** Commands from the shell: menu, notification, deep link. Returns the function that stops listening. */
  onCommand(listener: (command: ShellCommand) => void): () => void;
};

function unpack<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new AppFailure(result.error);
}

function ofBridge(bridge: DesktopBridge): Desktop {
  return {
    isApp: true,
    notify: (notice) => bridge.invoke('notify', notice),
    canAskToNotify: () => false,
    askToNotify: async () => undefined,
    setBadge: (count) => bridge.invoke('setBadge', { count }),
    openExternal: async (url) => {
      await bridge.invoke('openExternal', { url });
    },
    saveFile: (path, suggestedName) => bridge.invoke('saveFile', { path, suggestedName }),
    setTheme: (theme) => bridge.invoke('setTheme', { theme }),
    workspaces: {
      list: async () => unpack(await bridge.invoke('listWorkspaces', undefined)),
      open: async (key) => unpack(await bridge.invoke('openWorkspace', { key })),
      add: async () => unpack(await bridge.invoke('addWorkspace', undefined)),
      forget: async (key) => unpack(await bridge.invoke('forgetWorkspace', { key })),
    },
    onCommand: (listener) => bridge.onCommand(listener),
  };
}

function clickLink(href: string, attributes: Record<string, string>): void {
  const link = document.createElement('a');
  link.href = href;
  for (const [name, value] of Object.entries(attributes)) link.setAttribute(name, value);
  link.click();
}

async function notifyInBrowser(notice: {
  title: string;
  body: string;
  ticketId: number | null;
}): Promise<void> {
  if (!('Notification' in window)) return;
  // Asking is left to a click elsewhere: a prompt out of nowhere gets refused for good.
  if (Notification.permission !== 'granted') return;
  const shown = new Notification(notice.title, {
    body: notice.body,
    ...(notice.ticketId === null ? {} : { tag: `ticket-${notice.ticketId}` }),
  });
  shown.onclick = () => {
    window.focus();
    const { ticketId } = notice;
    if (ticketId !== null) {
      for (const listener of [...commandListeners]) listener({ type: 'open_ticket', ticketId });
    }
  };
}

function ofBrowser(): Desktop {
  return {
    isApp: false,
    notify: notifyInBrowser,
    canAskToNotify: () => 'Notification' in window && Notification.permission === 'default',
    askToNotify: async () => {
      await Notification.requestPermission();
    },
    setBadge: async (count) => {
      // Only installed web apps have a badge; elsewhere the title tells.
      document.title = count > 0 ? `(${count}) Staffdesk` : 'Staffdesk';
    },
    openExternal: async (url) => clickLink(url, { target: '_blank', rel: 'noopener noreferrer' }),
    saveFile: async (path, suggestedName) => {
      clickLink(path, { download: suggestedName });
      return { savedTo: null };
    },
    setTheme: async () => undefined,
    workspaces: null,
    onCommand: (listener) => {
      commandListeners.add(listener);
      return () => commandListeners.delete(listener);
    },
  };
}

/** The bridge of the desktop app, or its web equivalents. */
export const desktop: Desktop =
  typeof window !== 'undefined' && window.desktop ? ofBridge(window.desktop) : ofBrowser();
