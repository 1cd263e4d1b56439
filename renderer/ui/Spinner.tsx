import { LoaderCircle } from 'lucide-react';
import { classes } from './classes.ts';
import { Icon } from './Icon.tsx';

/** Shows itself only after 300 ms: what the core answers sooner needs none. Its place is kept from the start. */
export function Spinner({
  label = 'Loading',
  size = 16,
  tone = 'faint',
}: {
  label?: string;
  size?: number;
  /** «inherit» on a filled button. */
  tone?: 'faint' | 'inherit';
}) {
  return (
    <span role="status" className={classes('inline-flex animate-late', tone === 'faint' && 'text-faint')}>
      <span className="inline-flex motion-safe:animate-turn">
        <Icon of={LoaderCircle} size={size} />
      </span>
      <span className="sr-only">{label}</span>
    </span>
  );
}
