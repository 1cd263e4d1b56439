import { useMutation } from '@tanstack/react-query';
import { Pencil, Power, Trash2 } from 'lucide-react';
import { SOURCE_KIND_NAMES, type Source } from '../../../../shared/contract/sources.ts';
import { queryClient, trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { Badge, IconButton } from '../../../ui/index.ts';
import { showToast } from '../../toasts/index.ts';
import { OrderButtons, type OrderProps } from '../OrderButtons.tsx';

function useSwitch({ id, name, isActive }: Source): () => void {
  const { mutate } = useMutation(
    trpc.sources.setActive.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: trpc.sources.pathKey() });
        showToast({
          text: `«${name}» switched ${isActive ? 'off; whoever signed in with it is out' : 'on'}`,
        });
      },
      onError: (error) => showToast({ text: toAppError(error).message, tone: 'danger' }),
    }),
  );
  return () => mutate({ sourceId: id, isActive: !isActive });
}

const sessionsText = (count: number): string =>
  count === 0 ? 'nobody signed in with it' : count === 1 ? '1 session' : `${count} sessions`;

/** One source with what can be done to it. */
export function SourceLine({
  source,
  isEditFocused,
  onEdit,
  onDelete,
  ...order
}: OrderProps & {
  source: Source;
  /** It was open just now: the focus returns to its pencil. */
  isEditFocused: boolean;
  onEdit: () => void;
  onDelete: () => void;
}) {
  const { name, kind, url, isActive, sessions } = source;
  const switchIt = useSwitch(source);
  return (
    <div className="flex items-center gap-1 py-2 pr-2 pl-3.5">
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2">
          <span className="truncate font-medium">{name}</span>
          <Badge>{SOURCE_KIND_NAMES[kind]}</Badge>
          {!isActive && <Badge tone="danger">Switched off</Badge>}
        </p>
        <p className="truncate text-faint text-small">
          {url}, {sessionsText(sessions)}
        </p>
      </div>
      <OrderButtons name={name} {...order} />
      <IconButton icon={Power} label={`Switch ${name} ${isActive ? 'off' : 'on'}`} onClick={switchIt} />
      <IconButton icon={Pencil} label={`Change ${name}`} autoFocus={isEditFocused} onClick={onEdit} />
      <IconButton icon={Trash2} label={`Delete ${name}`} onClick={onDelete} />
    </div>
  );
}
