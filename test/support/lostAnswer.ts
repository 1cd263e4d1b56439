import type { RemoteDesk } from './remoteDesk.ts';

/** The next request whose address ends so is carried out, and its answer never comes; `then`: what the server does next. */
export function loseAnswerOf({ deps }: RemoteDesk, path: string, then: () => void = () => {}): void {
  const real = deps.httpFetch;
  let isLost = false;
  Object.assign(deps, {
    httpFetch: (async (request, options) => {
      const answer = await real(request, options);
      if (isLost || !request.url.endsWith(path)) return answer;
      isLost = true;
      then();
      return { ok: false, error: { kind: 'cut', phase: 'headers', detail: 'lost' } };
    }) satisfies typeof real,
  });
}
