import { useQuery } from '@tanstack/react-query';
import type { Upload } from '../../../shared/contract/sync.ts';
import { trpc } from '../../api/client.ts';

/** A message that is on its way with its files at this moment; the line of the window keeps that fresh. */
export function useUpload(isMeant: (upload: Upload) => boolean): Upload | undefined {
  const options = trpc.sync.status.queryOptions(undefined, {
    select: ({ status }) => status?.uploads.find(isMeant) ?? null,
  });
  return useQuery(options).data ?? undefined;
}
