import { LoaderCircle } from 'lucide-react';
import { Icon } from './Icon.tsx';

/** Shows itself only after 300 ms: what the core answers sooner needs none. Its place is kept from the start. */
export function Spinner({ label = 'Loading', size = 16 }: { label?: string; size?: number }) {
  return (
    <span role="status" className="inline-flex animate-late text-faint">
      <span className="inline-flex motion-safe:animate-turn">
        <Icon of={LoaderCircle} size={size} />
      </span>
      <span className="sr-only">{label}</span>
    </span>
  );
}
