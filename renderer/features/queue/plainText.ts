/** The first words of HTML as plain text; parsed, never rendered. */
export function plainText(html: string, length = 160): string {
  const { body } = new DOMParser().parseFromString(html.slice(0, length * 20), 'text/html');
  return (body.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, length);
}
