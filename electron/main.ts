import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { app, Menu, session } from 'electron';
import type { CoreLaunch } from './core/host/coreProtocol.ts';
import { createAppHandler, registerAppScheme, serveApp } from './shell/appProtocol.ts';
import { bridgeHandlers } from './shell/bridgeHandlers.ts';
import { createUtilityHost } from './shell/coreHostUtility.ts';
import { superviseCore } from './shell/coreSupervisor.ts';
import { listenToBridge } from './shell/ipc.ts';
import { launchOptions, windowFolder } from './shell/launchOptions.ts';
import { menuTemplate } from './shell/menu.ts';
import { quitInOrder } from './shell/quit.ts';
import { createStaffSession } from './shell/staffSession.ts';
import { applyWebSecurity } from './shell/webContentsPolicy.ts';
import { createMainWindow } from './shell/windows.ts';

const dist = path.resolve(import.meta.dirname, '..');
/** The core and its native parts lie beside the archive: a utility process and the loader need real files. */
const coreModule = path.join(dist.replace(/\.asar(?=[\\/])/, '.asar.unpacked'), 'core', 'coreProcess.mjs');

function prepareWindowFolder(dataDir: string): string {
  const folder = windowFolder(app.getPath('appData'), dataDir);
  mkdirSync(folder, { recursive: true });
  app.setPath('userData', folder);
  return folder;
}

function start(launch: CoreLaunch, folder: string): void {
  const window = createMainWindow(folder, path.join(dist, 'electron', 'preload.cjs'));
  const core = superviseCore({
    createHost: () => createUtilityHost(coreModule, launch),
    now: () => performance.now(),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    onChange: (state) => {
      if (state.name === 'failed') window.reload();
    },
    onStopAsked: () => app.quit(),
  });
  const served = {
    core,
    session: createStaffSession(folder),
    rendererDir: path.join(dist, 'renderer'),
    dataDir: launch.dataDir,
  };
  applyWebSecurity(session.defaultSession);
  serveApp(session.defaultSession.protocol, served);
  listenToBridge(bridgeHandlers(window, createAppHandler(served)));
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate(process.platform, (command) => window.send({ type: 'run_command', command })),
    ),
  );
  quitInOrder(app, { closeWindow: window.close, closeCore: core.close });
  app.on('second-instance', window.show);
  app.on('activate', window.show);
  window.show();
}

registerAppScheme();
// Windows shows notifications only for the id that the installer gave the shortcut.
if (process.platform === 'win32') app.setAppUserModelId('org.staffdesk.app');
const launch = launchOptions(process.argv.slice(1), process.env, process.platform);
const folder = prepareWindowFolder(launch.dataDir);

if (app.requestSingleInstanceLock()) {
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  // Not awaited: Electron is ready only after this module has run to its end.
  void app.whenReady().then(() => start(launch, folder));
} else {
  app.quit();
}
