/** What a person typed as a link, made whole; null when it can't be one. */
export function linkAddress(typed: string): string | null {
  const text = typed.trim();
  if (text === '' || /\s/.test(text)) return null;
  if (/^(?:https?:\/\/|mailto:|tel:)./i.test(text)) return text;
  // Any other scheme (javascript:, data:, file:) is not a link to send to a customer.
  if (/^[a-z][a-z0-9+.-]*:(?!\d)/i.test(text)) return null;
  if (/^[^@/]+@[^@/]+\.[^@/]+$/.test(text)) return `mailto:${text}`;
  return `https://${text.replace(/^\/+/, '')}`;
}
