import type { Extensions } from '@tiptap/core';
import { Image } from '@tiptap/extension-image';
import { Placeholder } from '@tiptap/extension-placeholder';
import { StarterKit } from '@tiptap/starter-kit';
import { Signature } from './signature.ts';

/** Pictures in the text are files of the desk; anything else would be fetched from a stranger's server. */
const DeskImage = Image.extend({
  parseHTML: () => [{ tag: 'img[src^="/files/"]' }],
});

/**
 * What the composer can hold. The schema is the filter for pasted text: colours, fonts and classes of the
 * place it came from have no mark here and fall away.
 */
export function editorExtensions(placeholder: string): Extensions {
  return [
    StarterKit.configure({
      heading: false,
      // The signature stays last: what one writes goes above it.
      trailingNode: { notAfter: ['signature'] },
      dropcursor: { color: 'var(--accent)', width: 2 },
      link: {
        openOnClick: false,
        autolink: true,
        defaultProtocol: 'https',
        HTMLAttributes: { rel: 'noopener noreferrer', target: '_blank' },
      },
    }),
    DeskImage.configure({ inline: true }),
    Signature,
    Placeholder.configure({ placeholder }),
  ];
}
