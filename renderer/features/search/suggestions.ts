import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import type { SuggestResult } from '../../../shared/contract/queues.ts';
import { trpc } from '../../api/client.ts';

/** As-you-type hits start at this length (design §6). */
const SHORTEST = 2;

/** Whether a text is long enough for suggestions; a number always is. */
function isSearchable(text: string): boolean {
  const wanted = text.trim();
  return wanted.length >= SHORTEST || /^\d+$/.test(wanted);
}

/** Tickets that fit what is being typed. The last answer stays until the next is there: nothing flickers. */
export function useSuggestions(text: string, isOn: boolean): SuggestResult['tickets'] {
  const wanted = useDeferredValue(text.trim());
  const enabled = isOn && isSearchable(wanted);
  const { data } = useQuery(
    trpc.search.suggest.queryOptions(
      { text: wanted },
      { enabled, placeholderData: (previous) => previous, staleTime: 5000, gcTime: 30_000 },
    ),
  );
  return enabled ? (data?.tickets ?? []) : [];
}
