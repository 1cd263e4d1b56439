/** Widths of the list pane in px (ui.md, "The window"). */
export const LIST_WIDTH = { min: 300, max: 560, initial: 360 } as const;

export function clampListWidth(width: number): number {
  return Math.round(Math.min(LIST_WIDTH.max, Math.max(LIST_WIDTH.min, width)));
}
