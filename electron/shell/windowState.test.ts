import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { placeWindow, readWindowState, saveWindowState } from './windowState.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1080 };
const right = { x: 1920, y: 0, width: 2560, height: 1440 };
const laptop = { x: 0, y: 25, width: 1280, height: 775 };

describe('placeWindow', () => {
  it.each([
    ['a first start', null, [screen], { width: 1440, height: 900 }],
    ['a first start on a small screen', null, [laptop], { width: 1280, height: 775 }],
    [
      'a first start on a tiny screen',
      null,
      [{ ...screen, width: 800, height: 500 }],
      { width: 960, height: 600 },
    ],
    [
      'as it was',
      { x: 10, y: 20, width: 1000, height: 700 },
      [screen],
      { x: 10, y: 20, width: 1000, height: 700 },
    ],
    [
      'on the second screen',
      { x: 2000, y: 20, width: 2000, height: 1300 },
      [screen, right],
      { x: 2000, y: 20, width: 2000, height: 1300 },
    ],
    [
      'the second screen is gone',
      { x: 2000, y: 20, width: 2000, height: 1300 },
      [screen],
      { width: 1920, height: 1080 },
    ],
    [
      'half off to the left',
      { x: -500, y: 0, width: 1000, height: 700 },
      [screen],
      { x: -500, y: 0, width: 1000, height: 700 },
    ],
    [
      'all but a sliver off',
      { x: -950, y: 0, width: 1000, height: 700 },
      [screen],
      { width: 1000, height: 700 },
    ],
    [
      'title bar above the screen',
      { x: 0, y: -40, width: 1000, height: 700 },
      [screen],
      { width: 1000, height: 700 },
    ],
    ['below the screen', { x: 0, y: 1070, width: 1000, height: 700 }, [screen], { width: 1000, height: 700 }],
    ['too small', { x: 0, y: 0, width: 300, height: 10 }, [screen], { x: 0, y: 0, width: 960, height: 600 }],
    ['no screen at all', { x: 5, y: 5, width: 1000, height: 700 }, [], { width: 1000, height: 700 }],
  ])('%s', (_name, saved, areas, placed) => expect(placeWindow(saved, areas)).toEqual(placed));
});

describe('the remembered state', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'staffdesk-window-'));
  const file = path.join(folder, 'window.json');
  const first = { bounds: null, isMaximized: false, theme: 'system' };
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is a first start without a file', () => expect(readWindowState(file)).toEqual(first));

  it('comes back as it was saved, readable by its owner only', () => {
    const state = {
      bounds: { x: 1, y: 2, width: 1000, height: 700 },
      isMaximized: true,
      theme: 'dark',
    } as const;
    saveWindowState(file, state);
    expect(readWindowState(file)).toEqual(state);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each(['', '{', '[]', '{"bounds":{"x":"1"},"isMaximized":true,"theme":"dark"}', '{"bounds":null}'])(
    'is a first start with %s in the file',
    (content) => {
      writeFileSync(file, content);
      expect(readWindowState(file)).toEqual(first);
    },
  );

  it('is not saved into a folder that is gone, and says nothing', () => {
    saveWindowState(path.join(folder, 'gone', 'window.json'), readWindowState(file));
    expect(readWindowState(path.join(folder, 'gone', 'window.json'))).toEqual(first);
  });
});
