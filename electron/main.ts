import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { app, Menu, powerMonitor, session } from 'electron';
import type { CoreLaunch } from './core/host/coreProtocol.ts';
import { environmentOfOther, newWorkspacesFolder, workspaceListFile } from './core/host/workspaces/places.ts';
import { APP_ORIGIN } from './shell/appOrigin.ts';
import { registerAppScheme, serveApp } from './shell/appProtocol.ts';
import { bridgeHandlers } from './shell/bridgeHandlers.ts';
import { createUtilityHost, type SystemFacts } from './shell/coreHostUtility.ts';
import { superviseCore } from './shell/coreSupervisor.ts';
import { listenToBridge } from './shell/ipc.ts';
import { launchOptions, windowFolder } from './shell/launchOptions.ts';
import { menuTemplate } from './shell/menu.ts';
import { createOpenDesks, type OpenDesks } from './shell/openDesks.ts';
import { watchPower } from './shell/power.ts';
import { quitInOrder } from './shell/quit.ts';
import { createStaffSession } from './shell/staffSession.ts';
import { applyWebSecurity } from './shell/webContentsPolicy.ts';
import { createMainWindow, type MainWindow } from './shell/windows.ts';
import { workspaceHandlers } from './shell/workspaceHandlers.ts';

const dist = path.resolve(import.meta.dirname, '..');
/** The core and its native parts lie beside the archive: a utility process and the loader need real files. */
const coreModule = path.join(dist.replace(/\.asar(?=[\\/])/, '.asar.unpacked'), 'core', 'coreProcess.mjs');

function prepareWindowFolder(dataDir: string): string {
  const folder = windowFolder(app.getPath('appData'), dataDir);
  mkdirSync(folder, { recursive: true });
  return folder;
}

function openDesks(first: CoreLaunch, window: MainWindow): OpenDesks {
  const system: SystemFacts = {
    // Asked of the window's own session, so that both go the same way.
    resolveProxy: (url) => session.defaultSession.resolveProxy(url),
    power: watchPower(powerMonitor, (ms, run) => setTimeout(run, ms).unref()),
  };
  const desks = createOpenDesks({
    first,
    rendererDir: path.join(dist, 'renderer'),
    supervise: (launch, watch) => {
      const env = launch === first ? process.env : environmentOfOther(process.env);
      return superviseCore({
        createHost: () => createUtilityHost(coreModule, launch, system, env),
        now: () => performance.now(),
        wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        ...watch,
      });
    },
    sessionOf: (dataDir) => createStaffSession(prepareWindowFolder(dataDir)),
    onFailed: window.reload,
    onStopAsked: (origin) => {
      if (origin === APP_ORIGIN) return app.quit();
      if (window.origin() === origin) window.goTo(APP_ORIGIN);
      void desks.close(origin);
    },
  });
  return desks;
}

function start(launch: CoreLaunch, folder: string): void {
  const window = createMainWindow(folder, path.join(dist, 'electron', 'preload.cjs'));
  const desks = openDesks(launch, window);
  applyWebSecurity(session.defaultSession);
  serveApp(session.defaultSession.protocol, desks.handle);
  listenToBridge({
    ...bridgeHandlers(window, desks.handle),
    ...workspaceHandlers(desks, {
      listFile: workspaceListFile(process.env, process.platform),
      newFolders: newWorkspacesFolder(process.env, process.platform),
    }),
  });
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate(process.platform, (command) => window.send({ type: 'run_command', command })),
    ),
  );
  quitInOrder(app, { closeWindow: window.close, closeCore: desks.closeAll });
  app.on('second-instance', window.show);
  app.on('activate', window.show);
  window.show();
}

registerAppScheme();
// Windows shows notifications only for the id that the installer gave the shortcut.
if (process.platform === 'win32') app.setAppUserModelId('org.staffdesk.app');
const launch = launchOptions(process.argv.slice(1), process.env, process.platform);
const folder = prepareWindowFolder(launch.dataDir);
app.setPath('userData', folder);

if (app.requestSingleInstanceLock()) {
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  // Not awaited: Electron is ready only after this module has run to its end.
  void app.whenReady().then(() => start(launch, folder));
} else {
  app.quit();
}
