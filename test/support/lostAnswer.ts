import type { RemoteDesk } from './remoteDesk.ts';

/** The next request whose address ends so is carried out, and its answer never comes. */
export function loseAnswerOf({ deps }: RemoteDesk, path: string): void {
  const real = deps.httpFetch;
  let isLost = false;
  Object.assign(deps, {
    httpFetch: (async (request, options) => {
      const answer = await real(request, options);
      if (isLost || !request.url.endsWith(path)) return answer;
      isLost = true;
      return { ok: false, error: { kind: 'cut', phase: 'headers', detail: 'lost' } };
    }) satisfies typeof real,
  });
}
