/** format=flowed (RFC 3676) as lines to show: soft breaks joined within one quote level, stuffing removed (B20). */
export function decodeFlowed(text: string, deletesSpace: boolean): string {
  const lines: { level: number; text: string; flows: boolean }[] = [];
  for (const raw of text.replace(/\r\n?/g, '\n').split('\n')) {
    const marks = /^>*/.exec(raw)?.[0].length ?? 0;
    const rest = raw.slice(marks).replace(/^ /, '');
    // «-- » is the signature mark, not a soft break (§4.3).
    const flows = rest.endsWith(' ') && rest !== '-- ';
    const before = lines.at(-1);
    const content = flows && deletesSpace ? rest.slice(0, -1) : rest;
    if (before?.flows && before.level === marks && rest !== '-- ') {
      lines[lines.length - 1] = { level: marks, text: before.text + content, flows };
    } else lines.push({ level: marks, text: content, flows });
  }
  return lines
    .map((line) => (line.level > 0 ? `${'>'.repeat(line.level)} ${line.text}` : line.text))
    .join('\n');
}
