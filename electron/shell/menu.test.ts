import { globSync, readFileSync } from 'node:fs';
import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { type MenuCommand, menuTemplate } from './menu.ts';

type Item = MenuItemConstructorOptions;
/** The ids under which the window's sources offer commands. */
const knownCommands = new Set(
  globSync('renderer/**/*.{ts,tsx}').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bid: '([a-z][a-zA-Z.-]+)'/g)].map(([, id]) => id),
  ),
);
const flatten = (items: Item[]): Item[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flatten(item.submenu) : [])]);

describe.each(['darwin', 'linux', 'win32'] as const)('the menu on %s', (platform) => {
  const ran: MenuCommand[] = [];
  const template = menuTemplate(platform, (command) => ran.push(command));
  const items = flatten(template);

  it('has each command once, and each runs itself', () => {
    const commands = items.filter(({ id }) => id !== undefined);
    for (const item of commands) (item.click as () => void)();
    expect(ran).toEqual(commands.map(({ id }) => id));
    expect(new Set(ran).size).toBe(ran.length);
    expect(ran.length).toBeGreaterThan(5);
  });

  it('asks only for commands that the window has', () => {
    expect(knownCommands.size).toBeGreaterThan(20);
    for (const { id } of items) if (id !== undefined) expect(knownCommands).toContain(id);
  });

  it('gives no key twice', () => {
    const keys = items.flatMap(({ accelerator }) => (accelerator ? [accelerator] : []));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('can quit, edit text and never reloads the page', () => {
    const roles = items.map(({ role }) => role);
    expect(roles).toEqual(expect.arrayContaining(['quit', 'undo', 'copy', 'paste', 'selectAll', 'about']));
    expect(roles).not.toContain('reload');
    expect(roles).not.toContain('forceReload');
  });

  it('has the parts that belong to this system', () => {
    const roles = template.map(({ role }) => role);
    expect(roles.includes('appMenu')).toBe(platform === 'darwin');
    expect(roles.includes('windowMenu')).toBe(platform === 'darwin');
  });
});
