import { useMutation } from '@tanstack/react-query';
import type { DialectKey, KeyedDialect } from '../../../../shared/contract/dialects.ts';
import { queryClient, trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, CopyField, Notice } from '../../../ui/index.ts';

/** The key of a dialect: to copy, to make anew, to take away. */
export function DialectKeyField({
  dialect,
  label,
  help,
  stored,
}: {
  dialect: KeyedDialect;
  label: string;
  help: string;
  stored: DialectKey;
}) {
  const onSuccess = (key: DialectKey) =>
    queryClient.setQueryData(trpc.dialects.key.queryKey({ dialect }), key);
  const generate = useMutation(trpc.dialects.generateKey.mutationOptions({ onSuccess }));
  const remove = useMutation(trpc.dialects.removeKey.mutationOptions({ onSuccess }));
  const failure = generate.error ?? remove.error;
  const exists = stored.createdAt !== null;
  return (
    <div className="flex flex-col gap-3">
      {stored.key === null ? (
        <div>
          <p className="font-medium">{label}</p>
          <p className="text-faint text-small">{help}</p>
        </div>
      ) : (
        <CopyField label={label} value={stored.key} help={help} />
      )}
      {stored.problem && (
        <Notice>The key works but can’t be shown now. {stored.problem} Or generate a new one.</Notice>
      )}
      {failure && <Notice tone="danger">{toAppError(failure).message}</Notice>}
      <div className="flex items-center gap-2">
        <Button isBusy={generate.isPending} onClick={() => generate.mutate({ dialect })}>
          {exists ? 'Generate a new key' : 'Generate a key'}
        </Button>
        {exists && (
          <Button variant="ghost" isBusy={remove.isPending} onClick={() => remove.mutate({ dialect })}>
            Remove the key
          </Button>
        )}
        {exists && <span className="text-faint text-small">The old one stops at once.</span>}
      </div>
    </div>
  );
}
