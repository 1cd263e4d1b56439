import type { Editor } from '@tiptap/react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Button, Field, Input, Popover } from '../../ui/index.ts';
import { linkAddress } from './linkAddress.ts';

function setLink(editor: Editor, href: string): void {
  const chain = editor.chain().focus().extendMarkRange('link');
  // Without selected words the address itself becomes the text.
  if (editor.state.selection.empty && !editor.isActive('link')) {
    chain.insertContent({ type: 'text', text: href, marks: [{ type: 'link', attrs: { href } }] }).run();
  } else chain.setLink({ href }).run();
}

function LinkForm({ editor, onDone }: { editor: Editor; onDone: () => void }) {
  const present: unknown = editor.getAttributes('link').href;
  const [typed, setTyped] = useState(typeof present === 'string' ? present : '');
  const [error, setError] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const href = linkAddress(typed);
    if (!href) {
      setError('This is not a web or e-mail address.');
      return;
    }
    setLink(editor, href);
    onDone();
  };
  const remove = () => {
    editor.chain().focus().extendMarkRange('link').unsetLink().run();
    onDone();
  };
  return (
    <form onSubmit={submit} className="flex w-72 flex-col gap-3">
      <Field label="Address" error={error}>
        <Input
          value={typed}
          placeholder="https://…"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setTyped(event.target.value);
            setError(null);
          }}
        />
      </Field>
      <div className="flex justify-end gap-2">
        {typeof present === 'string' && (
          <Button size="small" variant="ghost" onClick={remove}>
            Remove link
          </Button>
        )}
        <Button size="small" variant="primary" type="submit">
          Link
        </Button>
      </div>
    </form>
  );
}

/** Asks where the selected words should lead. */
export function LinkPopover({
  editor,
  isOpen,
  onOpenChange,
  children,
}: {
  editor: Editor;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  children: ReactNode;
}) {
  return (
    <Popover trigger={children} label="Link" open={isOpen} onOpenChange={onOpenChange} side="top">
      <LinkForm editor={editor} onDone={() => onOpenChange(false)} />
    </Popover>
  );
}
