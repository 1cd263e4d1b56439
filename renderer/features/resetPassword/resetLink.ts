/** Behind the `#`: a browser never sends that part to anyone. */
const PREFIX = '#/reset/';

/** The address a person opens to set a new password. */
export function resetAddress(origin: string, secret: string): string {
  return `${origin}/${PREFIX}${secret}`;
}

/** The secret of an address that leads here; null for any other. */
export function secretOfHash(hash: string): string | null {
  return hash.startsWith(PREFIX) ? hash.slice(PREFIX.length) : null;
}

/** The secret of what a person pasted: the whole link, or its code alone. */
export function secretOfText(text: string): string {
  const trimmed = text.trim();
  const at = trimmed.indexOf(PREFIX);
  return at < 0 ? trimmed : trimmed.slice(at + PREFIX.length);
}
