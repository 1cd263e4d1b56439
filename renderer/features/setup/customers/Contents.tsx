import { useQuery } from '@tanstack/react-query';
import type { CustomerId } from '../../../../shared/model/ids.ts';
import { trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { Notice, Skeleton } from '../../../ui/index.ts';
import { contentsLines } from './contentsText.ts';

/** What belongs to a customer, counted now. */
export function useContents(customerId: CustomerId | null) {
  return useQuery({
    ...trpc.customers.contents.queryOptions({ customerId: customerId ?? (0 as CustomerId) }),
    enabled: customerId !== null,
    refetchOnMount: 'always',
  });
}

/** The preview of what moves or goes. */
export function Contents({ contents, title }: { contents: ReturnType<typeof useContents>; title: string }) {
  if (contents.error) return <Notice tone="danger">{toAppError(contents.error).message}</Notice>;
  return (
    <section aria-label={title} className="rounded-md border border-line px-3.5 py-2.5">
      <h3 className="mb-1 font-medium text-small text-soft">{title}</h3>
      {contents.data ? (
        <ul className="tabular-nums">
          {contentsLines(contents.data).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      ) : (
        <Skeleton className="h-13" />
      )}
    </section>
  );
}
