import { mergeAttributes, Node } from '@tiptap/core';

const CLASS = 'sd-signature';

/** What a reply begins with: an empty line to write on, the signature below it. '' without one. */
export function startOfReply(signatureHtml: string): string {
  return signatureHtml === '' ? '' : `<p></p><div class="${CLASS}">${signatureHtml}</div>`;
}

/** Takes the signature out of a parsed text: what is left is what the writer wrote. */
export function dropSignature(body: HTMLElement): void {
  for (const signature of body.querySelectorAll(`.${CLASS}`)) signature.remove();
}

/** The signature as the editor holds it: text like any other, but known as what nobody has typed. */
export const Signature = Node.create({
  name: 'signature',
  group: 'block',
  content: 'block+',
  defining: true,
  parseHTML: () => [{ tag: `div.${CLASS}` }],
  renderHTML: ({ HTMLAttributes }) => ['div', mergeAttributes(HTMLAttributes, { class: CLASS }), 0],
});
