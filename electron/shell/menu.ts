import type { MenuItemConstructorOptions } from 'electron';

/** What a menu item asks of the window: ids of commands that its palette has too. */
export type MenuCommand = 'new-ticket' | 'search' | 'palette' | 'help' | 'go-setup' | 'import-mail';

type Run = (command: MenuCommand) => void;
type Item = MenuItemConstructorOptions;

const separator: Item = { type: 'separator' };

const item = (label: string, command: MenuCommand, run: Run, accelerator?: string): Item => ({
  label,
  id: command,
  click: () => run(command),
  // The window hears the key first and may use it for what has the focus; then the menu stays quiet.
  ...(accelerator ? { accelerator } : {}),
});

function appMenu(run: Run): Item {
  return {
    role: 'appMenu',
    label: 'Staffdesk',
    submenu: [
      { role: 'about' },
      separator,
      item('Setup…', 'go-setup', run, 'Command+,'),
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };
}

function fileMenu(isMac: boolean, run: Run): Item {
  return {
    label: '&File',
    submenu: [
      item('New Ticket', 'new-ticket', run, 'CommandOrControl+N'),
      item('Import Mail…', 'import-mail', run),
      separator,
      ...(isMac
        ? [{ role: 'close' } satisfies Item]
        : [item('Setup…', 'go-setup', run, 'Control+,'), separator, { role: 'quit' } satisfies Item]),
    ],
  };
}

const editMenu = (run: Run): Item => ({
  label: '&Edit',
  submenu: [
    { role: 'undo' },
    { role: 'redo' },
    separator,
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'pasteAndMatchStyle' },
    { role: 'selectAll' },
    separator,
    item('Search', 'search', run, 'CommandOrControl+F'),
  ],
});

const viewMenu = (run: Run): Item => ({
  label: '&View',
  submenu: [
    item('Commands…', 'palette', run, 'CommandOrControl+K'),
    separator,
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    separator,
    { role: 'togglefullscreen' },
    { role: 'toggleDevTools' },
  ],
});

const helpMenu = (isMac: boolean, run: Run): Item => ({
  role: 'help',
  label: '&Help',
  submenu: [item('Keyboard Shortcuts', 'help', run), ...(isMac ? [] : [{ role: 'about' } satisfies Item])],
});

/**
 * The menu as people of this system expect it. No "reload": it would interrupt an upload, and the window keeps
 * itself up to date.
 */
export function menuTemplate(platform: NodeJS.Platform, run: Run): Item[] {
  const isMac = platform === 'darwin';
  return [
    ...(isMac ? [appMenu(run)] : []),
    fileMenu(isMac, run),
    editMenu(run),
    viewMenu(run),
    ...(isMac ? [{ role: 'windowMenu' } satisfies Item] : []),
    helpMenu(isMac, run),
  ];
}
