import type { LucideIcon } from 'lucide-react';

export type { LucideIcon } from 'lucide-react';

/** A lucide icon in the one size and stroke; decoration only, its control carries the name. */
export function Icon({
  of: Glyph,
  size = 16,
  className,
}: {
  of: LucideIcon;
  size?: number;
  className?: string | undefined;
}) {
  return (
    <Glyph
      size={size}
      strokeWidth={1.5}
      aria-hidden="true"
      focusable="false"
      className={className ? `shrink-0 ${className}` : 'shrink-0'}
    />
  );
}
