import type { RemoteResult } from '../remote.ts';

/** Pages on their way at once. */
const AHEAD = 8;

/** The pages of one list: the next ones are asked for while one is stored. Call `end` when done with it. */
export function pagesAhead<T>(ask: (page: number) => Promise<RemoteResult<T>>) {
  const asked = new Map<number, Promise<RemoteResult<T>>>();
  const askFor = (page: number): Promise<RemoteResult<T>> => {
    const answer = asked.get(page) ?? ask(page);
    asked.set(page, answer);
    return answer;
  };
  const end = async (): Promise<void> => {
    await Promise.allSettled(asked.values());
    asked.clear();
  };
  return {
    take: async (page: number): Promise<RemoteResult<T>> => {
      // Another pass: what is left of the last one is out of date.
      if (page === 1) await end();
      const answer = await askFor(page);
      asked.delete(page);
      return answer;
    },
    /** These will be taken next. */
    announce: (from: number, to: number): void => {
      for (let page = from; page <= to && asked.size < AHEAD; page++) void askFor(page);
    },
    /** Waits for what is still on its way: a run is over only when nothing is. */
    end,
  };
}
export type PagesAhead<T> = ReturnType<typeof pagesAhead<T>>;
