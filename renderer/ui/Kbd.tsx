import { classes } from './classes.ts';
import { keyCaps, keyText } from './keyText.ts';

const tones = {
  plain: 'border border-line-strong text-faint',
  onFill: 'border border-current/35 text-current/85',
  inverse: 'border border-on-inverse/30 text-on-inverse/80',
};

/** The key that does something, e.g. `Mod+k`, `g m`. */
export function Kbd({ keys, tone = 'plain' }: { keys: string; tone?: keyof typeof tones }) {
  return (
    <kbd title={keyText(keys)} className="inline-flex shrink-0 items-center gap-1 font-sans">
      {keyCaps(keys).map((caps) => (
        <span key={caps.join()} className="inline-flex gap-0.5">
          {caps.map((cap) => (
            <span
              key={cap}
              className={classes(
                'inline-grid h-4.5 min-w-4.5 place-items-center rounded-sm px-1 font-medium text-[11px] leading-none',
                tones[tone],
              )}
            >
              {cap}
            </span>
          ))}
        </span>
      ))}
    </kbd>
  );
}
