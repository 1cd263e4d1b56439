import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type Electron from 'electron';

/**
 * Electron as far as the shell uses it, without a runtime. Every part `satisfies` Electron's own types, so a
 * change of its interface breaks this file before it breaks the app. `fake` is the test's side of it: what the
 * shell asked for, and the means to play the person and the system.
 */
type Listening = 'on' | 'once';
type PageWindow = Pick<
  Electron.BrowserWindow,
  | Listening
  | ('close' | 'destroy' | 'focus' | 'getNormalBounds' | 'isMaximized' | 'isMinimized')
  | ('loadURL' | 'maximize' | 'restore' | 'show')
> & { webContents: PageContents };
type PageContents = Pick<
  Electron.WebContents,
  Listening | 'downloadURL' | 'mainFrame' | 'reload' | 'send' | 'setWindowOpenHandler'
>;

/** Overloads by event name cannot be written as one function: the only place where the types are taken on trust. */
function listening<T extends { on: unknown; once: unknown }>(events: EventEmitter): Pick<T, Listening> {
  const methods = { on: events.on.bind(events), once: events.once.bind(events) };
  return methods as unknown as Pick<T, Listening>;
}

/** An event that listeners can prevent, as Electron hands it out. */
function emitPreventable(events: EventEmitter, name: string, facts: object = {}): boolean {
  let isPrevented = false;
  const preventDefault = () => {
    isPrevented = true;
  };
  events.emit(name, { ...facts, preventDefault });
  return !isPrevented;
}

type Invoke = Parameters<Electron.IpcMain['handle']>[1];
type Answer = (request: Request) => Promise<Response>;
type Notice = { title: string; body: string; events: EventEmitter };

export const fake = {
  appEvents: new EventEmitter(),
  paths: new Map<string, string>([
    ['appData', '/nowhere'],
    ['downloads', '/nowhere'],
  ]),
  hasLock: true,
  /** When the app is ready; Electron waits for the main module to have run to its end. */
  ready: Promise.resolve(),
  badge: 0,
  windows: [] as BrowserWindow[],
  schemes: [] as Electron.CustomScheme[],
  protocols: new Map<string, Answer>(),
  invokes: new Map<string, Invoke>(),
  menu: null as Electron.MenuItemConstructorOptions[] | null,
  notices: [] as Notice[],
  openedExternally: [] as string[],
  saveDialog: { canceled: true, filePath: '' } as Electron.SaveDialogReturnValue,
  saveDialogs: [] as Electron.SaveDialogOptions[],
  permissions: {} as {
    request?: Parameters<Electron.Session['setPermissionRequestHandler']>[0];
    check?: Parameters<Electron.Session['setPermissionCheckHandler']>[0];
    device?: Parameters<Electron.Session['setDevicePermissionHandler']>[0];
  },
  powerEvents: new EventEmitter(),
  isOnBattery: false,
  /** What the system's settings say about proxies. */
  proxyRules: 'DIRECT',
  canEncrypt: true,
  displays: [{ x: 0, y: 0, width: 1920, height: 1080 }],
  /** Flags for each Node process that stands in for a utility process. */
  utilityFlags: [] as string[],
  utilities: [] as Electron.UtilityProcess[],
  onUtility: (_utility: Electron.UtilityProcess): void => {},
  emitPreventable,
};

export const app = {
  ...listening<Electron.App>(fake.appEvents),
  whenReady: () => fake.ready,
  requestSingleInstanceLock: () => fake.hasLock,
  setAppUserModelId: () => {},
  getPath: (name: string) => fake.paths.get(name) ?? '/nowhere',
  setPath: (name: string, value: string) => {
    fake.paths.set(name, value);
  },
  getVersion: () => '0.0.0-fake',
  setBadgeCount: (count?: number) => {
    fake.badge = count ?? 0;
    return true;
  },
  quit() {
    if (!emitPreventable(fake.appEvents, 'before-quit')) return;
    for (const window of [...fake.windows]) window.destroy();
    if (!emitPreventable(fake.appEvents, 'will-quit')) return;
    fake.appEvents.emit('quit');
  },
} satisfies Pick<
  Electron.App,
  | Listening
  | ('whenReady' | 'requestSingleInstanceLock' | 'setAppUserModelId' | 'getPath' | 'setPath')
  | ('getVersion' | 'setBadgeCount' | 'quit')
>;

/** The page of a window: remembers what it was told, and asks the app's protocol for what it shows. */
function createContents(events: EventEmitter, load: () => Promise<void>) {
  const frame = { url: '', parent: null } as Electron.WebFrameMain;
  const contents = {
    ...listening<Electron.WebContents>(events),
    events,
    mainFrame: frame,
    sent: [] as { channel: string; data: unknown }[],
    downloads: [] as string[],
    openWindow: null as Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | null,
    send: (channel: string, data: unknown) => void contents.sent.push({ channel, data }),
    reload: () => void load(),
    downloadURL: (url: string) => void contents.downloads.push(url),
    setWindowOpenHandler: (handler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0]) => {
      contents.openWindow = handler;
    },
  };
  return contents satisfies PageContents;
}

export class BrowserWindow implements PageWindow {
  readonly events = new EventEmitter();
  readonly on: PageWindow['on'];
  readonly once: PageWindow['once'];
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents = createContents(new EventEmitter(), () => this.#load());
  /** What the window shows, as the app's protocol answered. */
  page: { status: number; text: string } | null = null;
  isVisible = false;
  isSmall = false;
  isLarge = false;
  /** Plays a page that does not want to close. */
  keepsOpen = false;
  #url = '';

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    const { on, once } = listening<Electron.BrowserWindow>(this.events);
    this.on = on;
    this.once = once;
    this.options = options;
    fake.windows.push(this);
    fake.appEvents.emit('web-contents-created', {}, this.webContents);
  }

  async loadURL(url: string): Promise<void> {
    this.#url = url;
    this.webContents.mainFrame = { url, parent: null } as Electron.WebFrameMain;
    await this.#load();
    this.events.emit('ready-to-show');
  }

  async #load(): Promise<void> {
    const answer = fake.protocols.get(this.#url.split(':')[0] ?? '');
    if (!answer) throw new Error(`ERR_UNKNOWN_URL_SCHEME ${this.#url}`);
    const response: Response = await answer(new Request(this.#url));
    this.page = { status: response.status, text: await response.text() };
    this.webContents.events.emit('did-finish-load');
  }

  close(): void {
    if (this.keepsOpen) this.webContents.events.emit('will-prevent-unload', {});
    else if (emitPreventable(this.events, 'close')) this.destroy();
  }

  destroy(): void {
    fake.windows.splice(fake.windows.indexOf(this), 1);
    this.events.emit('closed');
    if (fake.windows.length === 0) fake.appEvents.emit('window-all-closed');
  }

  getNormalBounds = () => ({
    x: this.options.x ?? 0,
    y: this.options.y ?? 0,
    width: this.options.width ?? 0,
    height: this.options.height ?? 0,
  });
  isMinimized = () => this.isSmall;
  isMaximized = () => this.isLarge;
  maximize = () => {
    this.isLarge = true;
  };
  restore = () => {
    this.isSmall = false;
  };
  show = () => {
    this.isVisible = true;
  };
  focus = () => {};
}
BrowserWindow satisfies new (
  options?: Electron.BrowserWindowConstructorOptions,
) => PageWindow;

export const protocol = {
  registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]) => void fake.schemes.push(...schemes),
} satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged'>;

const defaultSession = {
  protocol: {
    handle: (scheme: string, handler: Parameters<Electron.Protocol['handle']>[1]) => {
      fake.protocols.set(scheme, handler as Answer);
    },
  } satisfies Pick<Electron.Protocol, 'handle'>,
  setPermissionRequestHandler: (handler) => {
    fake.permissions.request = handler;
  },
  setPermissionCheckHandler: (handler) => {
    fake.permissions.check = handler;
  },
  setDevicePermissionHandler: (handler) => {
    fake.permissions.device = handler;
  },
  resolveProxy: () => Promise.resolve(fake.proxyRules),
} satisfies Pick<
  Electron.Session,
  | ('setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler')
  | 'resolveProxy'
> & { protocol: Pick<Electron.Protocol, 'handle'> };
export const session = { defaultSession };

export const powerMonitor = {
  ...listening<Electron.PowerMonitor>(fake.powerEvents),
  isOnBatteryPower: () => fake.isOnBattery,
} satisfies Pick<Electron.PowerMonitor, Listening | 'isOnBatteryPower'>;

export const ipcMain = {
  handle: (channel: string, listener: Invoke) => void fake.invokes.set(channel, listener),
} satisfies Pick<Electron.IpcMain, 'handle'>;

export const shell = {
  openExternal: (url: string) => {
    fake.openedExternally.push(url);
    return Promise.resolve();
  },
} satisfies Pick<Electron.Shell, 'openExternal'>;

export const dialog = {
  showSaveDialog: (
    first: Electron.BaseWindow | Electron.SaveDialogOptions,
    second?: Electron.SaveDialogOptions,
  ) => {
    fake.saveDialogs.push(second ?? (first as Electron.SaveDialogOptions));
    return Promise.resolve(fake.saveDialog);
  },
} satisfies Pick<Electron.Dialog, 'showSaveDialog'>;

export const nativeTheme = {
  themeSource: 'system' as Electron.NativeTheme['themeSource'],
  shouldUseDarkColors: false,
} satisfies Pick<Electron.NativeTheme, 'themeSource' | 'shouldUseDarkColors'>;

export const screen = {
  getAllDisplays: () => fake.displays.map((workArea) => ({ workArea }) as Electron.Display),
} satisfies Pick<Electron.Screen, 'getAllDisplays'>;

/** Not encryption, but enough to see that plain text never reaches the disk. */
const turnBits = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0xff));
export const safeStorage = {
  isEncryptionAvailable: () => fake.canEncrypt,
  getSelectedStorageBackend: () => 'gnome_libsecret' as const,
  encryptString: (text: string) => turnBits(Buffer.from(text)),
  decryptString: (bytes: Buffer) => turnBits(bytes).toString(),
} satisfies Pick<
  Electron.SafeStorage,
  'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'
>;

export const Menu = {
  buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => {
    fake.menu = template;
    return {} as Electron.Menu;
  },
  setApplicationMenu: () => {},
} satisfies Pick<typeof Electron.Menu, 'buildFromTemplate' | 'setApplicationMenu'>;

export class Notification {
  static isSupported = () => true;
  readonly events = new EventEmitter();
  readonly once: Electron.Notification['once'];
  readonly #options: Electron.NotificationConstructorOptions;

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    this.once = listening<Electron.Notification>(this.events).once;
    this.#options = options;
  }

  show(): void {
    const { title = '', body = '' } = this.#options;
    fake.notices.push({ title, body, events: this.events });
  }
}
Notification satisfies Pick<typeof Electron.Notification, 'isSupported'> &
  (new (
    options?: Electron.NotificationConstructorOptions,
  ) => Pick<Electron.Notification, 'once' | 'show'>);

/** A plain Node process with the one thing of Electron's that a core in a utility process sees. */
export const utilityProcess = {
  fork(modulePath: string, args: string[] = [], { env }: Electron.ForkOptions = {}) {
    const flags = ['--import', new URL('./parentPort.mjs', import.meta.url).href, ...fake.utilityFlags];
    const child = fork(modulePath, args, {
      execArgv: flags,
      stdio: 'inherit',
      ...(env ? { env: { ...env } } : {}),
    });
    const events = new EventEmitter();
    child.on('message', (data) => events.emit('message', data));
    child.on('exit', (code) => events.emit('exit', code ?? 1));
    const utility = {
      ...listening<Electron.UtilityProcess>(events),
      pid: child.pid,
      postMessage: (data: unknown) => void child.send(data as object),
      kill: () => child.kill('SIGKILL'),
    } satisfies Pick<Electron.UtilityProcess, Listening | 'pid' | 'postMessage' | 'kill'>;
    fake.utilities.push(utility as Electron.UtilityProcess);
    fake.onUtility(utility as Electron.UtilityProcess);
    return utility as Electron.UtilityProcess;
  },
} satisfies Pick<typeof Electron.utilityProcess, 'fork'>;

/** The two that a preload script sees. */
export const ipcRenderer = {
  ...listening<Electron.IpcRenderer>(fake.appEvents),
  invoke: (channel: string, data: unknown): Promise<unknown> => {
    const contents = fake.windows[0]?.webContents;
    const event = {
      sender: contents,
      senderFrame: contents?.mainFrame,
    } as unknown as Electron.IpcMainInvokeEvent;
    return Promise.resolve(fake.invokes.get(channel)?.(event, data));
  },
} satisfies Pick<Electron.IpcRenderer, Listening | 'invoke'>;

export const exposed = new Map<string, unknown>();
export const contextBridge = {
  exposeInMainWorld: (key: string, api: unknown) => void exposed.set(key, api),
} satisfies Pick<Electron.ContextBridge, 'exposeInMainWorld'>;
