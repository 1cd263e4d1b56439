/** Blank line before and after. */
const PARAGRAPHS = new Set([
  'p',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'dl',
  'pre',
  'table',
  'blockquote',
  'hr',
]);
/** A line of its own. */
const LINES = new Set([
  'div',
  'li',
  'tr',
  'dt',
  'dd',
  'center',
  'address',
  'caption',
  'section',
  'article',
  'header',
  'footer',
]);
const HIDDEN = new Set(['script', 'style', 'title', 'head', 'textarea', 'option', 'iframe', 'xmp']);

const UNEVEN_SPACE = /[\t\n\r\f]| {2}/;

/** Collects the readable text of an HTML stream: white space as a browser shows it, quotes marked with `> `. */
export class TextWriter {
  private text = '';
  private pendingBreaks = 0;
  private pendingSpace = false;
  private quoteDepth = 0;
  private hiddenDepth = 0;
  private preDepth = 0;

  result(): string {
    return this.text;
  }

  length(): number {
    return this.text.length;
  }

  open(tag: string): void {
    if (HIDDEN.has(tag)) this.hiddenDepth += 1;
    this.boundary(tag);
    if (tag === 'br') this.lineBreak();
    else if (tag === 'li') this.write('- ');
    else if (tag === 'pre') this.preDepth += 1;
    else if (tag === 'blockquote') this.quoteDepth += 1;
    else if (tag === 'td' || tag === 'th') this.pendingSpace = true;
  }

  close(tag: string): void {
    if (HIDDEN.has(tag)) this.hiddenDepth = Math.max(0, this.hiddenDepth - 1);
    this.boundary(tag);
    if (tag === 'pre') this.preDepth = Math.max(0, this.preDepth - 1);
    else if (tag === 'blockquote') this.quoteDepth = Math.max(0, this.quoteDepth - 1);
  }

  /** Text with its entities decoded. */
  add(text: string): void {
    if (this.hiddenDepth > 0) return;
    if (this.preDepth > 0) {
      this.addLines(text);
      return;
    }
    // Not \s and not trim(): a no-break space is written on purpose.
    const collapsed = UNEVEN_SPACE.test(text) ? text.replace(/[ \t\n\r\f]+/g, ' ') : text;
    if (collapsed.startsWith(' ')) this.pendingSpace = true;
    if (collapsed.trim() === '') {
      this.pendingSpace ||= collapsed !== '';
      return;
    }
    const endsInSpace = collapsed.endsWith(' ');
    this.write(
      collapsed
        .slice(collapsed.startsWith(' ') ? 1 : 0, endsInSpace ? -1 : undefined)
        .replaceAll('\u00a0', ' '),
    );
    this.pendingSpace = endsInSpace;
  }

  private addLines(text: string): void {
    for (const [at, line] of text.split('\n').entries()) {
      if (at > 0) this.lineBreak();
      if (line) this.write(line);
    }
  }

  private boundary(tag: string): void {
    if (PARAGRAPHS.has(tag)) this.pendingBreaks = Math.max(this.pendingBreaks, 2);
    else if (LINES.has(tag)) this.pendingBreaks = Math.max(this.pendingBreaks, 1);
  }

  private lineBreak(): void {
    this.pendingBreaks += 1;
    this.pendingSpace = false;
  }

  private write(text: string): void {
    const isFirst = this.text === '';
    if (this.pendingBreaks > 0 || isFirst) {
      // More than one blank line says nothing more.
      if (!isFirst) this.text += '\n'.repeat(Math.min(this.pendingBreaks, 2));
      if (this.quoteDepth > 0) this.text += '> '.repeat(Math.min(this.quoteDepth, 8));
    } else if (this.pendingSpace) this.text += ' ';
    this.pendingBreaks = 0;
    this.pendingSpace = false;
    this.text += text;
  }
}
