import { classes, Icon, initialsOf, type LucideIcon, Tooltip } from '../../ui/index.ts';

/** One line of the rail; folded it is its icon, with name, count and key in the tooltip. */
export function RailLink({
  icon,
  label,
  count,
  keys,
  isFolded,
  isCurrent = false,
  tone = 'plain',
  onClick,
}: {
  /** Left out: the first letters of the name stand in its place. */
  icon?: LucideIcon | undefined;
  label: string;
  /** Already as text: «128», «999+»; nothing for none. */
  count?: string | undefined;
  keys?: string | undefined;
  isFolded: boolean;
  isCurrent?: boolean;
  /** `urgent` counts stand out: someone waits too long. */
  tone?: 'plain' | 'urgent';
  onClick: () => void;
}) {
  const link = (
    <button
      type="button"
      onClick={onClick}
      aria-current={isCurrent ? 'page' : undefined}
      aria-label={isFolded ? (count ? `${label}, ${count}` : label) : undefined}
      className={classes(
        'flex h-7.5 w-full items-center gap-2 rounded-md transition-colors',
        isFolded ? 'justify-center' : 'px-2',
        isCurrent ? 'bg-active font-medium text-text' : 'text-soft hover:bg-hover hover:text-text',
      )}
    >
      {icon ? (
        <Icon of={icon} className={isCurrent ? 'text-accent-ink' : undefined} />
      ) : (
        <span
          aria-hidden="true"
          className={classes(
            'grid shrink-0 place-items-center rounded-sm font-semibold text-[10px] leading-none',
            isFolded ? 'size-5.5' : 'size-4',
            isCurrent ? 'bg-accent text-on-accent' : 'bg-active text-soft',
          )}
        >
          {isFolded ? [...label].slice(0, 2).join('') : initialsOf(label).slice(0, 1)}
        </span>
      )}
      {!isFolded && <span className="min-w-0 flex-1 truncate text-left">{label}</span>}
      {!isFolded && count && (
        <span
          className={classes(
            'text-small tabular-nums',
            tone === 'urgent' ? 'font-medium text-danger-ink' : 'text-faint',
          )}
        >
          {count}
        </span>
      )}
    </button>
  );
  if (!isFolded && !keys) return link;
  return (
    <Tooltip text={isFolded && count ? `${label} · ${count}` : label} keys={keys} side="right">
      {link}
    </Tooltip>
  );
}
