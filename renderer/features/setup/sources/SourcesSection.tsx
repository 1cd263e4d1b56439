import { useMutation, useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { Source } from '../../../../shared/contract/sources.ts';
import type { SourceId } from '../../../../shared/model/ids.ts';
import { queryClient, trpc } from '../../../api/client.ts';
import { useViewer } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, ErrorState, Notice, Skeleton } from '../../../ui/index.ts';
import { showToast } from '../../toasts/index.ts';
import { useReorder } from '../useReorder.ts';
import { DeleteSource } from './DeleteSource.tsx';
import { SourceLine } from './SourceLine.tsx';
import { SourcePage } from './SourcePage.tsx';

type View = { kind: 'list' } | { kind: 'new' } | { kind: 'one'; id: SourceId };

function SourceList({
  sources,
  from,
  show,
}: {
  sources: readonly Source[];
  /** What was open just now: the focus returns to where it was opened. */
  from: View;
  show: (view: View) => void;
}) {
  const [deleted, setDeleted] = useState<Source | null>(null);
  const { mutate } = useMutation(
    trpc.sources.reorder.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.sources.pathKey() }),
      onError: (error) => showToast({ text: toAppError(error).message, tone: 'danger' }),
    }),
  );
  const { list, announcement, move } = useReorder(sources, (sourceIds) => mutate({ sourceIds }));
  return (
    <div className="flex flex-col gap-5">
      <Button
        variant="primary"
        icon={Plus}
        autoFocus={from.kind === 'new'}
        onClick={() => show({ kind: 'new' })}
        className="self-start"
      >
        Add a sign-in source
      </Button>
      {sources.length === 0 ? (
        <p className="text-faint">None yet: everyone signs in with an account of this desk.</p>
      ) : (
        <ol
          ref={list}
          aria-label="Sign-in sources"
          className="divide-y divide-line rounded-md border border-line"
        >
          {sources.map((source, index) => (
            <li key={source.id} data-item={source.id}>
              <SourceLine
                source={source}
                isEditFocused={from.kind === 'one' && from.id === source.id}
                isFirst={index === 0}
                isLast={index === sources.length - 1}
                onMove={(direction) => move(source, direction)}
                onEdit={() => show({ kind: 'one', id: source.id })}
                onDelete={() => setDeleted(source)}
              />
            </li>
          ))}
        </ol>
      )}
      <p role="status" className="sr-only">
        {announcement}
      </p>
      {deleted && <DeleteSource source={deleted} onClose={() => setDeleted(null)} />}
    </div>
  );
}

function Sources() {
  const [view, setView] = useState<View>({ kind: 'list' });
  const [from, setFrom] = useState<View>({ kind: 'list' });
  const { data, error, refetch } = useQuery(trpc.sources.list.queryOptions());
  const show = (next: View) => {
    setFrom(view);
    setView(next);
  };
  const back = () => show({ kind: 'list' });
  if (error) return <ErrorState error={toAppError(error)} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-40" />;
  if (view.kind === 'new') return <SourcePage source={null} onDone={back} />;
  const one = view.kind === 'one' ? data.sources.find(({ id }) => id === view.id) : undefined;
  if (one) return <SourcePage key={one.id} source={one} onDone={back} />;
  return <SourceList sources={data.sources} from={from} show={show} />;
}

/** Other systems whose accounts may sign in here. */
export function SourcesSection() {
  const isAdmin = useViewer()?.staff.role === 'admin';
  return isAdmin ? <Sources /> : <Notice>Only administrators see and change the sign-in sources.</Notice>;
}
