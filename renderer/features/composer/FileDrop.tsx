import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { classes } from '../../ui/index.ts';

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes('Files');
}

/** A place where dropped files become attachments. What lands here goes no further (the window imports mail). */
export function FileDrop({
  onFiles,
  label,
  isOff = false,
  className,
  children,
}: {
  onFiles: (files: File[]) => void;
  /** Shown while files hover: what dropping them does. */
  label: string;
  isOff?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const [isOver, setOver] = useState(false);
  // Enter and leave fire for every child; the count tells when the pointer really left.
  const depth = useRef(0);
  const track = (event: DragEvent, step: 1 | -1) => {
    if (isOff || !carriesFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    depth.current = Math.max(0, depth.current + step);
    setOver(depth.current > 0);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button attaches by key
    <div
      className={classes('relative', className)}
      onDragEnter={(event) => track(event, 1)}
      onDragLeave={(event) => track(event, -1)}
      onDragOver={(event) => {
        if (isOff || !carriesFiles(event)) return;
        event.preventDefault();
        event.stopPropagation();
        event.dataTransfer.dropEffect = 'copy';
      }}
      onDrop={(event) => {
        if (isOff || !carriesFiles(event)) return;
        event.preventDefault();
        event.stopPropagation();
        depth.current = 0;
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
      {isOver && (
        <div className="pointer-events-none absolute inset-1 z-10 grid place-items-center rounded-md border border-accent border-dashed bg-accent-soft/90 font-medium text-accent-ink">
          {label}
        </div>
      )}
    </div>
  );
}
