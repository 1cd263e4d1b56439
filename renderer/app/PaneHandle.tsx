import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { LIST_WIDTH, useUi } from '../stores/index.ts';

const STEP = 16;

/** The border between list and ticket: drag it, or focus it and use the arrow keys; double click puts it back. */
export function PaneHandle() {
  const listWidth = useUi((state) => state.listWidth);
  const setListWidth = useUi((state) => state.setListWidth);
  const start = useRef<{ x: number; width: number } | null>(null);
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, width: listWidth };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (start.current) setListWidth(start.current.width + event.clientX - start.current.x);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const width = {
      ArrowLeft: listWidth - STEP,
      ArrowRight: listWidth + STEP,
      Home: LIST_WIDTH.min,
      End: LIST_WIDTH.max,
    }[event.key];
    if (width === undefined) return;
    event.preventDefault();
    setListWidth(width);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a splitter that moves is a separator with a value, not a rule
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the list"
      aria-valuenow={listWidth}
      aria-valuemin={LIST_WIDTH.min}
      aria-valuemax={LIST_WIDTH.max}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        start.current = null;
      }}
      onDoubleClick={() => setListWidth(LIST_WIDTH.initial)}
      onKeyDown={onKeyDown}
      className="-right-[3px] absolute inset-y-0 z-10 w-[5px] cursor-col-resize transition-colors hover:bg-accent/40 active:bg-accent/60"
    />
  );
}
