import { MutationCache, QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, httpLink, splitLink } from '@trpc/client';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '../../electron/core/api/app/router.ts';
import { isSignedOut, toAppError } from './errors.ts';

const url = '/trpc';

/** What may take longer than its neighbours in a batch, which would wait for it: searches, and whatever asks elsewhere. */
const GOES_ALONE = /^(search|workspaces)\.|^sync\.(run|refresh|fetchThread)$/;

/** Calls outside React. Inside, use `trpc.<router>.<procedure>.queryOptions()` with TanStack Query. */
export const trpcClient = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: ({ path }) => GOES_ALONE.test(path),
      true: httpLink({ url }),
      false: httpBatchLink({ url, maxURLLength: 6000 }),
    }),
  ],
});

/** An answer that says «signed out» sends the window back to the sign-in screen. */
function onError(error: unknown): void {
  if (isSignedOut(toAppError(error))) {
    void queryClient.invalidateQueries({ queryKey: trpc.session.me.queryKey() });
  }
}

export const queryClient: QueryClient = new QueryClient({
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      // The core is on this machine and says by event what changed: nothing goes stale by time,
      // and whether the machine is on a network says nothing about reaching it.
      networkMode: 'always',
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      retry: (failures, error) => failures < 2 && toAppError(error).code === 'core_unreachable',
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

/** Typed query and mutation options of the app API. */
export const trpc = createTRPCOptionsProxy<AppRouter>({ client: trpcClient, queryClient });

/** Watches queries for «signed out»; called once at start. Returns the function that stops it. */
export function watchForSignOut(): () => void {
  return queryClient.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'error') onError(event.action.error);
  });
}
