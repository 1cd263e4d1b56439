import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { launchOptions, windowFolder } from './launchOptions.ts';

const env = { XDG_DATA_HOME: '/home/ann/.data' };
const desk = (...parts: string[]) => path.resolve(...parts);

describe('launchOptions', () => {
  it.each([
    ['nothing', [], { dataDir: desk('/home/ann/.data/staffdesk') }],
    ['a folder', ['--data', '/d/desk'], { dataDir: desk('/d/desk') }],
    ['a folder with =', ['--data=/d/desk'], { dataDir: desk('/d/desk') }],
    ['the app folder first, as in development', ['/app', '--data', '/d'], { dataDir: desk('/d') }],
    ['a relative folder', ['--data', 'desk'], { dataDir: desk('desk') }],
    ["Chromium's flags", ['--no-sandbox', '--lang=de', '--data', '/d'], { dataDir: desk('/d') }],
    [
      'host and port',
      ['--data', '/d', '--host', '0.0.0.0', '--port', '0'],
      { dataDir: desk('/d'), host: '0.0.0.0', port: 0 },
    ],
    ['a port that is none', ['--data', '/d', '--port', '99999'], { dataDir: desk('/d') }],
    ['a folder without a value', ['--data'], { dataDir: desk('/home/ann/.data/staffdesk') }],
  ])('%s', (_name, args, options) => expect(launchOptions(args, env, 'linux')).toEqual(options));

  it('follows each system for a folder nobody named', () => {
    const onWindows = launchOptions([], { APPDATA: 'C:\\Roaming' }, 'win32').dataDir;
    expect(onWindows.endsWith('Staffdesk')).toBe(true);
    expect(launchOptions([], {}, 'darwin').dataDir).toContain(path.join('Application Support', 'Staffdesk'));
    const relative = launchOptions([], { XDG_DATA_HOME: 'relative' }, 'linux').dataDir;
    expect(relative).toContain(path.join('.local', 'share', 'staffdesk'));
  });
});

it('keeps one window folder per desk', () => {
  expect(windowFolder('/data', '/a')).toBe(windowFolder('/data', '/a'));
  expect(windowFolder('/data', '/a')).not.toBe(windowFolder('/data', '/b'));
  expect(path.dirname(windowFolder('/data', '/a'))).toBe(path.join('/data', 'Staffdesk Window'));
});
