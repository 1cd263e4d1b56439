import type { HttpRequest } from '../../ports/httpFetch.ts';

/** A form sent in the body: nothing secret is ever part of an address. */
export function formPost(
  url: string,
  fields: Readonly<Record<string, string | null>>,
  headers: Readonly<Record<string, string>> = {},
): HttpRequest {
  const given = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== null);
  return {
    method: 'POST',
    url,
    headers: {
      accept: 'application/json',
      ...headers,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(given).toString(),
  };
}
