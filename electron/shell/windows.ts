import path from 'node:path';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { ShellCommand } from '../../shared/contract/desktopBridge.ts';
import { APP_ORIGIN, appOriginOf } from './appOrigin.ts';
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
  /** Opens the window and tells it to do something; `origin`: at that desk, where it may have to go first. */
  send(command: ShellCommand, origin?: string): void;
  /** Goes to a desk's first page. */
  goTo(origin: string): void;
  /** Loads the page again where it is one of this desk's. */
  reload(origin: string): void;
  /** The desk whose page it shows; null while it is closed. */
  origin(): string | null;
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
  /** Where a closed window opens again: at the desk it was at. */
  let home = APP_ORIGIN;
  nativeTheme.themeSource = state.theme;

  function open(): BrowserWindow {
    const opened = newWindow(state, preload);
    window = opened;
    opened.once('ready-to-show', () => opened.show());
    opened.on('close', () => {
      home = appOriginOf(opened.webContents.mainFrame.url) ?? home;
      state = { ...state, bounds: opened.getNormalBounds(), isMaximized: opened.isMaximized() };
      saveWindowState(stateFile, state);
    });
    opened.once('closed', () => {
      window = null;
    });
    reloadAfterCrash(opened);
    load(opened, home);
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

  const origin = (): string | null => window && appOriginOf(window.webContents.mainFrame.url);
  function goTo(desk: string): void {
    home = desk;
    if (window) load(window, desk);
  }

  return {
    show,
    send(command, desk) {
      const isOpen = window !== null;
      if (!isOpen && desk) home = desk;
      show();
      const contents = window?.webContents;
      if (!contents) return;
      const tell = () => contents.send(COMMAND_CHANNEL, command);
      if (!isOpen || !desk || origin() === desk) return tell();
      // The page may ask to stay; then there is nobody to tell, now or later.
      contents.once('did-finish-load', () => origin() === desk && tell());
      goTo(desk);
    },
    goTo,
    reload(desk) {
      // A page that has not even arrived may be this one.
      if ((origin() ?? desk) === desk) window?.webContents.reload();
    },
    origin,
    setTheme(theme) {
      nativeTheme.themeSource = theme;
      state = { ...state, theme };
      saveWindowState(stateFile, state);
    },
    current: () => window,
    close: () => closeWindow(window),
  };
}

function load(window: BrowserWindow, origin: string): void {
  // Fails when the window closes meanwhile; what the page could not load it shows itself.
  window.loadURL(`${origin}/`).catch(() => {});
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
