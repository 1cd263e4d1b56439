import path from 'node:path';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { ShellCommand } from '../../shared/contract/desktopBridge.ts';
import { APP_ORIGIN } from './appOrigin.ts';
import { COMMAND_CHANNEL } from './bridgeChannels.ts';
import {
  MINIMUM_SIZE,
  placeWindow,
  readWindowState,
  saveWindowState,
  type WindowState,
} from './windowState.ts';

/** Painted before the first style sheet: the surfaces of the two themes, so that nothing flashes. */
const surface = { light: '#ffffff', dark: '#16181d' };
/** A page that keeps crashing is not loaded for ever. */
const reloadsAllowed = 3;

export interface MainWindow {
  /** Opens the window, or brings the open one to the front. */
  show(): void;
  /** Opens the window and tells it to do something. */
  send(command: ShellCommand): void;
  reload(): void;
  setTheme(theme: WindowState['theme']): void;
  /** The open window, for dialogs that belong to it. */
  current(): BrowserWindow | null;
  /** Asks the page to close, so that it saves what is being typed. False when the page stayed. */
  close(): Promise<boolean>;
}

function newWindow(state: WindowState, preload: string): BrowserWindow {
  const workAreas = screen.getAllDisplays().map((display) => display.workArea);
  const window = new BrowserWindow({
    ...placeWindow(state.bounds, workAreas),
    minWidth: MINIMUM_SIZE.width,
    minHeight: MINIMUM_SIZE.height,
    show: false,
    title: 'Staffdesk',
    backgroundColor: nativeTheme.shouldUseDarkColors ? surface.dark : surface.light,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      // Chromium's own PDF viewer, for previews of attachments; other plug-ins no longer exist.
      plugins: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      spellcheck: true,
    },
  });
  if (state.isMaximized) window.maximize();
  return window;
}

function reloadAfterCrash(window: BrowserWindow): void {
  let reloads = 0;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || reloads >= reloadsAllowed) return;
    reloads += 1;
    window.webContents.reload();
  });
}

/** The one window of the app. Call after the app is ready. */
export function createMainWindow(folder: string, preload: string): MainWindow {
  const stateFile = path.join(folder, 'window.json');
  let state = readWindowState(stateFile);
  let window: BrowserWindow | null = null;
  nativeTheme.themeSource = state.theme;

  function open(): BrowserWindow {
    const opened = newWindow(state, preload);
    window = opened;
    opened.once('ready-to-show', () => opened.show());
    opened.on('close', () => {
      state = { ...state, bounds: opened.getNormalBounds(), isMaximized: opened.isMaximized() };
      saveWindowState(stateFile, state);
    });
    opened.once('closed', () => {
      window = null;
    });
    reloadAfterCrash(opened);
    // Fails when the window closes meanwhile; what the page could not load it shows itself.
    opened.loadURL(`${APP_ORIGIN}/`).catch(() => {});
    return opened;
  }

  function show(): void {
    if (!window) {
      open();
      return;
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  return {
    show,
    send(command) {
      show();
      window?.webContents.send(COMMAND_CHANNEL, command);
    },
    reload: () => window?.webContents.reload(),
    setTheme(theme) {
      nativeTheme.themeSource = theme;
      state = { ...state, theme };
      saveWindowState(stateFile, state);
    },
    current: () => window,
    close: () => closeWindow(window),
  };
}

function closeWindow(window: BrowserWindow | null): Promise<boolean> {
  if (!window) return Promise.resolve(true);
  return new Promise((resolve) => {
    window.once('closed', () => resolve(true));
    // The page has something it must not lose and asks the person.
    window.webContents.once('will-prevent-unload', () => resolve(false));
    window.close();
  });
}
