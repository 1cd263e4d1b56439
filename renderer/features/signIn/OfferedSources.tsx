import { useQuery } from '@tanstack/react-query';
import { LogIn } from 'lucide-react';
import type { OfferedSource } from '../../../shared/contract/sources.ts';
import { trpc } from '../../api/client.ts';
import { Button } from '../../ui/index.ts';

/** Other systems whose accounts may sign in; nothing where there are none. */
export function OfferedSources({ onChoose }: { onChoose: (source: OfferedSource) => void }) {
  const { data } = useQuery(trpc.sources.offered.queryOptions());
  if (!data || data.sources.length === 0) return null;
  return (
    <section
      aria-label="Other accounts"
      className="mt-6 flex flex-col items-stretch gap-2 border-line border-t pt-5"
    >
      <p className="text-soft">Or with an account of another system:</p>
      {data.sources.map((source) => (
        <Button key={source.id} icon={LogIn} onClick={() => onChoose(source)} className="min-w-0">
          <span className="truncate">Sign in with {source.name}</span>
        </Button>
      ))}
    </section>
  );
}
