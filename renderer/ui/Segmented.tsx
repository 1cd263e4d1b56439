import { ToggleGroup } from 'radix-ui';
import { classes } from './classes.ts';

export type Segment<V extends string> = { value: V; label: string; keys?: string };

const segmentLook =
  'inline-flex h-6 items-center gap-1.5 rounded-sm px-2 font-medium text-soft transition-colors hover:text-text data-[state=on]:bg-surface data-[state=on]:text-text data-[state=on]:shadow-[0_0_0_1px_var(--line-strong)]';
const trough = 'inline-flex shrink-0 gap-0.5 rounded-md bg-hover p-0.5';

/** One of a few, all in sight (theme, density). */
export function Segmented<V extends string>({
  value,
  onValueChange,
  segments,
  label,
  className,
}: {
  value: V;
  onValueChange: (value: V) => void;
  segments: readonly Segment<V>[];
  label: string;
  className?: string;
}) {
  return (
    <ToggleGroup.Root
      type="single"
      value={value}
      aria-label={label}
      onValueChange={(next) => {
        const chosen = segments.find((segment) => segment.value === next);
        if (chosen) onValueChange(chosen.value);
      }}
      className={classes(trough, className)}
    >
      {segments.map((segment) => (
        <ToggleGroup.Item key={segment.value} value={segment.value} className={segmentLook}>
          {segment.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
