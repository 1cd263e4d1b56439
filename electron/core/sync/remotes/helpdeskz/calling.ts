import type { z } from 'zod';
import type { FileToSend, RemoteResult, UploadWatch } from '../../remote.ts';

/** What a POST carries; `files` null where the call takes none. */
export interface Form {
  readonly fields: Readonly<Record<string, string>>;
  readonly files: readonly FileToSend[] | null;
}

/** One call of the API: a GET, or a POST of a form. */
export type Call = <T extends z.ZodType>(
  path: string,
  schema: T,
  form?: Form,
  watch?: UploadWatch,
) => Promise<RemoteResult<z.output<T>>>;

export function map<A, B>(result: RemoteResult<A>, change: (value: A) => B): RemoteResult<B> {
  return result.ok ? { ok: true, value: change(result.value) } : result;
}

/** An id of 0 is how the reference says that nothing was inserted (behaviour.md fact 3). */
export function madeId(result: RemoteResult<number>): RemoteResult<number> {
  return result.ok && result.value === 0
    ? { ok: false, error: { kind: 'refused', detail: 'The server made nothing of it (id 0).' } }
    : result;
}
