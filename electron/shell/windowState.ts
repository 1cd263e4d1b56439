import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writePrivateFile } from './privateFile.ts';

export type Rectangle = { x: number; y: number; width: number; height: number };

const rectangle = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});
/** What the window remembers between two starts. */
export const windowState = z.object({
  bounds: rectangle.nullable(),
  isMaximized: z.boolean(),
  theme: z.enum(['light', 'dark', 'system']),
});
export type WindowState = z.infer<typeof windowState>;

export const MINIMUM_SIZE = { width: 960, height: 600 };
const usualSize = { width: 1440, height: 900 };
/** So much of the title bar must lie on a screen that a hand can drag it. */
const graspable = { width: 120, height: 32 };

const firstState: WindowState = { bounds: null, isMaximized: false, theme: 'system' };

const overlap = (startA: number, lengthA: number, startB: number, lengthB: number): number =>
  Math.min(startA + lengthA, startB + lengthB) - Math.max(startA, startB);

function canBeGrasped(bounds: Rectangle, area: Rectangle): boolean {
  const width = overlap(bounds.x, bounds.width, area.x, area.width);
  const height = overlap(bounds.y, graspable.height, area.y, area.height);
  return width >= graspable.width && height >= graspable.height;
}

/**
 * Size and place for the window: as it was, while a screen that still exists shows its title bar; else the usual
 * size in the middle (no x and y). Never larger than the screen, never smaller than the minimum.
 */
export function placeWindow(
  saved: Rectangle | null,
  workAreas: Rectangle[],
): { width: number; height: number; x?: number; y?: number } {
  const area = saved && workAreas.find((candidate) => canBeGrasped(saved, candidate));
  const target = area ?? workAreas[0];
  const wanted = saved ?? usualSize;
  const clamp = (length: number, most: number | undefined, least: number) =>
    Math.max(Math.min(length, most ?? length), least);
  const size = {
    width: clamp(wanted.width, target?.width, MINIMUM_SIZE.width),
    height: clamp(wanted.height, target?.height, MINIMUM_SIZE.height),
  };
  return area && saved ? { ...size, x: saved.x, y: saved.y } : size;
}

/** The remembered state; a missing or damaged file is a first start. */
export function readWindowState(file: string): WindowState {
  try {
    return windowState.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return firstState;
  }
}

export function saveWindowState(file: string, state: WindowState): void {
  writePrivateFile(file, JSON.stringify(state));
}
