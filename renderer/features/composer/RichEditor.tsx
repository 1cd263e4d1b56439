import { Selection } from '@tiptap/pm/state';
import { Editor, EditorContent, type EditorOptions } from '@tiptap/react';
import {
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { classes } from '../../ui/index.ts';
import { cleanHtml } from './cleanHtml.ts';
import { EditorToolbar } from './EditorToolbar.tsx';
import { editorExtensions } from './editorExtensions.ts';
import { type EditorKey, editorKey } from './editorKeys.ts';
import './editor.css';

/** What others may do to the text field. */
export type RichEditorHandle = {
  focus: (at?: 'start' | 'end') => void;
  /** Replaces the text without telling it as a change (a loaded or sent draft). */
  setHtml: (html: string) => void;
  html: () => string;
  /** Adds below what is there, as a change, with the caret behind it. */
  append: (html: string) => void;
  /** Puts a quote where the caret is, or at the end, and the caret behind it. */
  insertQuote: (html: string) => void;
  insertImage: (src: string, alt: string) => void;
  /** Takes pictures of a removed file out of the text. */
  removeImage: (src: string) => void;
};

export type RichEditorProps = {
  ref?: Ref<RichEditorHandle>;
  label: string;
  placeholder: string;
  /** '' when nothing is written. */
  onChange: (html: string) => void;
  /** Files pasted or dropped; `asPicture` for screenshots that belong into the text. */
  onFiles: (files: File[], asPicture: boolean) => void;
  onKey: (key: Exclude<EditorKey, 'link'>) => void;
  onBlur?: () => void;
  /** Keeps focus and caret but takes nothing: the message is leaving. */
  isReadOnly?: boolean;
  /** At the left and right end of the toolbar line. */
  toolbarStart?: ReactNode;
  toolbarEnd?: ReactNode;
  /** Between text and toolbar: files, questions. */
  children?: ReactNode;
  /** The height of the text: grows with it up to a limit. */
  textClassName?: string;
};

/** Where what is added goes: behind the text, before the signature. */
function endOfText({ state: { doc } }: Editor): number {
  const last = doc.lastChild;
  return last?.type.name === 'signature' ? doc.content.size - last.nodeSize : doc.content.size;
}

/** The caret behind the last word of the text. */
function caretToEnd({ state, view }: Editor, end: number): void {
  view.dispatch(state.tr.setSelection(Selection.near(state.doc.resolve(end), -1)));
}

/** Nothing but the empty line above a signature. */
function isUnwritten(editor: Editor): boolean {
  const { doc } = editor.state;
  if (editor.isEmpty) return true;
  return (
    doc.childCount === 2 && doc.lastChild?.type.name === 'signature' && doc.firstChild?.content.size === 0
  );
}

function htmlOf(editor: Editor): string {
  return editor.isEmpty ? '' : editor.getHTML();
}

/** Pictures from the clipboard go into the text, unless they come with text (a copied table cell, a page). */
function clipboardFiles(data: DataTransfer | null): { files: File[]; arePictures: boolean } {
  const files = [...(data?.files ?? [])];
  const hasText = data?.types.includes('text/html') || data?.types.includes('text/plain');
  return {
    files: hasText ? [] : files,
    arePictures: files.every((file) => file.type.startsWith('image/')),
  };
}

function handleOf(editor: Editor): RichEditorHandle {
  return {
    focus: (at) => {
      // Tiptap's own focus command waits for the next frame.
      editor.view.focus();
      if (at === 'end') caretToEnd(editor, endOfText(editor));
      else if (at) editor.commands.setTextSelection(0);
    },
    setHtml: (html) => {
      editor.commands.setContent(html, { emitUpdate: false });
      // Not into the signature.
      caretToEnd(editor, endOfText(editor));
    },
    html: () => htmlOf(editor),
    append: (html) => {
      if (isUnwritten(editor)) editor.commands.insertContentAt({ from: 0, to: endOfText(editor) }, html);
      else editor.commands.insertContentAt(endOfText(editor), html);
      caretToEnd(editor, endOfText(editor));
    },
    insertQuote: (html) => {
      if (!isUnwritten(editor)) {
        editor.chain().focus().insertContent(html).run();
        return;
      }
      editor.commands.insertContentAt({ from: 0, to: endOfText(editor) }, html);
      editor.view.focus();
      caretToEnd(editor, endOfText(editor));
    },
    insertImage: (src, alt) => {
      // At the caret, which stays where it is even if the person went on typing elsewhere.
      editor.commands.insertContentAt(
        editor.state.selection.to,
        { type: 'image', attrs: { src, alt } },
        { updateSelection: false },
      );
    },
    removeImage: (src) => {
      const { tr, doc } = editor.state;
      doc.descendants((node, position) => {
        if (node.type.name === 'image' && node.attrs.src === src) {
          tr.delete(tr.mapping.map(position), tr.mapping.map(position + node.nodeSize));
        }
      });
      if (tr.docChanged) editor.view.dispatch(tr);
    },
  };
}

/**
 * One editor for as long as the field is there. Tiptap's own hook throws away an editor that is not on the page a
 * millisecond after it was made, which a busy page takes longer for: the next one came without focus and caret.
 */
function useOneEditor(options: Partial<EditorOptions>): Editor {
  const [editor] = useState(() => new Editor(options));
  const isUsed = useRef(false);
  useEffect(() => {
    isUsed.current = true;
    return () => {
      isUsed.current = false;
      // Strict mode takes effects away and brings them back at once.
      queueMicrotask(() => !isUsed.current && editor.destroy());
    };
  }, [editor]);
  return editor;
}

/** The text field everything is written in: replies, notes, new tickets. */
export function RichEditor(props: RichEditorProps) {
  const latest = useRef(props);
  // With what is on the screen: a key that sends, pressed as the button allows it, must not meet what was before.
  useLayoutEffect(() => {
    latest.current = props;
  });
  const [isLinking, setLinking] = useState(false);
  const editor = useOneEditor({
    extensions: editorExtensions(props.placeholder),
    editorProps: {
      attributes: () => ({
        class: 'staffdesk-text',
        'aria-label': latest.current.label,
        role: 'textbox',
        'aria-multiline': 'true',
      }),
      transformPastedHTML: cleanHtml,
      handleKeyDown: (_view, event) => {
        // Swallowed, not let through: what one types while a message leaves must not act as a shortcut.
        if (latest.current.isReadOnly) return true;
        const key = editorKey(event);
        if (key === 'link') setLinking(true);
        else if (key) latest.current.onKey(key);
        return key !== null;
      },
      handleTextInput: () => latest.current.isReadOnly === true,
      handlePaste: (_view, event) => {
        if (latest.current.isReadOnly) return true;
        const { files, arePictures } = clipboardFiles(event.clipboardData);
        if (files.length > 0) latest.current.onFiles(files, arePictures);
        return files.length > 0;
      },
      // The composer around the field takes dropped files; the field itself would navigate to them.
      handleDrop: (_view, event) => (event.dataTransfer?.files.length ?? 0) > 0,
    },
    onUpdate: ({ editor: changed }) => latest.current.onChange(htmlOf(changed)),
    onBlur: () => latest.current.onBlur?.(),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: its attributes say `label`
  useEffect(() => editor.setOptions(), [editor, props.label]);
  useImperativeHandle(props.ref, () => handleOf(editor), [editor]);
  return (
    <>
      <EditorContent
        editor={editor}
        className={classes('min-h-0 overflow-y-auto', props.textClassName)}
        // The empty room under a short text belongs to the text as well.
        onClick={(event) => {
          if (event.target !== event.currentTarget) return;
          editor.view.focus();
          caretToEnd(editor, endOfText(editor));
        }}
      />
      {props.children}
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 px-2 pb-2">
        {props.toolbarStart}
        <EditorToolbar editor={editor} isLinking={isLinking} onLinking={setLinking} />
        <div className="ml-auto flex min-w-0 items-center gap-3">{props.toolbarEnd}</div>
      </div>
    </>
  );
}
