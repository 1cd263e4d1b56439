import { CircleAlert, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import { Icon } from './Icon.tsx';

/** Something to know about a whole form or screen, in words; danger is read out at once. */
export function Notice({ tone = 'plain', children }: { tone?: 'plain' | 'danger'; children: ReactNode }) {
  const isDanger = tone === 'danger';
  return (
    <div
      role={isDanger ? 'alert' : undefined}
      className={classes(
        'flex items-start gap-2 rounded-md px-3 py-2',
        isDanger ? 'bg-danger-soft' : 'bg-accent-soft',
      )}
    >
      <Icon
        of={isDanger ? CircleAlert : Info}
        className={classes('mt-px', isDanger ? 'text-danger-ink' : 'text-accent-ink')}
      />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
