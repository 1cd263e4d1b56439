/** One message of a `text/event-stream` body (HTML Living Standard 9.2.6). */
export type StreamMessage = { event: string; data: string };

/** Cuts the text of an event stream into messages; keeps what is not yet whole. */
export function createStreamParser(onMessage: (message: StreamMessage) => void): (chunk: string) => void {
  let rest = '';
  let event = '';
  let data: string[] = [];

  const takeLine = (line: string): void => {
    if (line === '') {
      if (data.length > 0) onMessage({ event: event || 'message', data: data.join('\n') });
      event = '';
      data = [];
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) return; // a comment keeps the connection awake
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') event = value;
    if (field === 'data') data.push(value);
  };

  return (chunk) => {
    rest += chunk;
    // A lone \r at the end may be half of \r\n.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) takeLine(line);
  };
}
