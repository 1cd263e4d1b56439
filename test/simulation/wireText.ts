import type { FakeRequest } from '../fakes/helpdeskz/wire.ts';
import { parseForm } from '../fakes/helpdeskz/wire.ts';

export type Fields = Readonly<Record<string, string>>;
export type Json = Readonly<Record<string, unknown>>;

export const formOf = (request: FakeRequest): Fields => parseForm(request, Number.POSITIVE_INFINITY).fields;

export function jsonOf(body: Uint8Array): Json | null {
  try {
    return JSON.parse(Buffer.from(body).toString()) as Json;
  } catch {
    return null;
  }
}

/** The server's own words: a permission that is missing is no proof. */
export const isNotFound = ({ error, message }: Json): boolean =>
  error === 1 && /not found/i.test(String(message));
