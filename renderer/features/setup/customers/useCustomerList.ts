import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { CustomerPageInput } from '../../../../shared/contract/customers.ts';
import type { Customer } from '../../../../shared/contract/queues.ts';
import { trpc, trpcClient } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { useSettled } from '../../../app/useSettled.ts';

const PAGE = 100;
/** A search shows this many; more are found by typing more. */
export const SEARCH_SHOWN = 50;
export type CustomerFilter = CustomerPageInput['filter'];

export type CustomerListState = {
  customers: readonly Customer[] | null;
  /** Of the whole filter; null while one searches. */
  total: number | null;
  isSearch: boolean;
  problem: ReturnType<typeof toAppError> | null;
  retry: () => void;
  /** Asks for what follows, when there is more. */
  more: () => void;
};

/** The list by name, page by page as one scrolls; or what a search finds, blocked or not. */
export function useCustomerList(typed: string, filter: CustomerFilter): CustomerListState {
  const [text] = useSettled(typed.trim());
  const isSearch = text !== '';
  const found = useQuery(
    trpc.customers.search.queryOptions(
      { text, limit: SEARCH_SHOWN },
      { enabled: isSearch, placeholderData: keepPreviousData },
    ),
  );
  const list = useInfiniteQuery({
    // Below the key of all customer queries: what changes a customer refreshes it.
    queryKey: [...trpc.customers.page.pathKey(), 'list', filter],
    queryFn: ({ pageParam }) => trpcClient.customers.page.query({ filter, after: pageParam, limit: PAGE }),
    initialPageParam: null as CustomerPageInput['after'],
    getNextPageParam: ({ customers, hasMore }) => {
      const last = customers.at(-1);
      return hasMore && last ? { name: last.name, id: last.id } : null;
    },
    enabled: !isSearch,
  });
  const { data, error, refetch } = isSearch ? found : list;
  const known = data
    ? 'pages' in data
      ? data.pages.flatMap((page) => page.customers)
      : data.customers
    : null;
  return {
    customers: known,
    total: isSearch ? null : (list.data?.pages[0]?.total ?? null),
    isSearch,
    problem: error ? toAppError(error) : null,
    retry: () => void refetch(),
    more: () => {
      if (!isSearch && list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
    },
  };
}
