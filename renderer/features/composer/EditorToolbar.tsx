import { type Editor, useEditorState } from '@tiptap/react';
import {
  Bold,
  Code,
  Italic,
  Link as LinkIcon,
  List,
  ListOrdered,
  type LucideIcon,
  RemoveFormatting,
  Strikethrough,
  TextQuote,
  Underline,
} from 'lucide-react';
import { IconButton } from '../../ui/index.ts';
import { LinkPopover } from './LinkPopover.tsx';

type Tool = {
  label: string;
  icon: LucideIcon;
  keys: string;
  /** The mark or node whose presence shows the tool as pressed. */
  name: string;
  run: (editor: Editor) => void;
};

const WORD_TOOLS: readonly Tool[] = [
  {
    label: 'Bold',
    icon: Bold,
    keys: 'Mod+b',
    name: 'bold',
    run: (e) => void e.chain().focus().toggleBold().run(),
  },
  {
    label: 'Italic',
    icon: Italic,
    keys: 'Mod+i',
    name: 'italic',
    run: (e) => void e.chain().focus().toggleItalic().run(),
  },
  {
    label: 'Underline',
    icon: Underline,
    keys: 'Mod+u',
    name: 'underline',
    run: (e) => void e.chain().focus().toggleUnderline().run(),
  },
  {
    label: 'Strike through',
    icon: Strikethrough,
    keys: 'Mod+Shift+s',
    name: 'strike',
    run: (e) => void e.chain().focus().toggleStrike().run(),
  },
];
const LINE_TOOLS: readonly Tool[] = [
  {
    label: 'Bulleted list',
    icon: List,
    keys: 'Mod+Shift+8',
    name: 'bulletList',
    run: (e) => void e.chain().focus().toggleBulletList().run(),
  },
  {
    label: 'Numbered list',
    icon: ListOrdered,
    keys: 'Mod+Shift+7',
    name: 'orderedList',
    run: (e) => void e.chain().focus().toggleOrderedList().run(),
  },
  {
    label: 'Quote',
    icon: TextQuote,
    keys: 'Mod+Shift+b',
    name: 'blockquote',
    run: (e) => void e.chain().focus().toggleBlockquote().run(),
  },
  {
    label: 'Code',
    icon: Code,
    keys: 'Mod+e',
    name: 'code',
    // Several paragraphs become a block, a few words stay in their line.
    run: (e) => {
      const { $from, $to } = e.state.selection;
      const isBlock = e.isActive('codeBlock') || !$from.sameParent($to);
      if (isBlock) e.chain().focus().toggleCodeBlock().run();
      else e.chain().focus().toggleCode().run();
    },
  },
];

function useActiveTools(editor: Editor): ReadonlySet<string> {
  const names = useEditorState({
    editor,
    selector: ({ editor: current }) =>
      [...WORD_TOOLS, ...LINE_TOOLS, { name: 'link' }]
        .map((tool) => tool.name)
        .filter((name) => current.isActive(name) || (name === 'code' && current.isActive('codeBlock')))
        .join(' '),
  });
  return new Set(names.split(' '));
}

function ToolButton({ tool, editor, isActive }: { tool: Tool; editor: Editor; isActive: boolean }) {
  return (
    <IconButton
      icon={tool.icon}
      label={tool.label}
      keys={tool.keys}
      size="small"
      isPressed={isActive}
      tooltipSide="top"
      // The selection in the text must survive the click.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => tool.run(editor)}
    />
  );
}

/** Formatting, quiet until one looks for it; every tool has its key in the tooltip. */
export function EditorToolbar({
  editor,
  isLinking,
  onLinking,
}: {
  editor: Editor;
  isLinking: boolean;
  onLinking: (isLinking: boolean) => void;
}) {
  const active = useActiveTools(editor);
  return (
    <div role="toolbar" aria-label="Formatting" className="flex flex-wrap items-center gap-px">
      {WORD_TOOLS.map((tool) => (
        <ToolButton key={tool.name} tool={tool} editor={editor} isActive={active.has(tool.name)} />
      ))}
      <span className="mx-1 h-4 w-px bg-line" />
      {LINE_TOOLS.map((tool) => (
        <ToolButton key={tool.name} tool={tool} editor={editor} isActive={active.has(tool.name)} />
      ))}
      <LinkPopover editor={editor} isOpen={isLinking} onOpenChange={onLinking}>
        <IconButton
          icon={LinkIcon}
          label="Link"
          keys="Mod+Shift+k"
          size="small"
          tooltipSide="top"
          isPressed={active.has('link')}
          onMouseDown={(event) => event.preventDefault()}
        />
      </LinkPopover>
      <IconButton
        icon={RemoveFormatting}
        label="Clear formatting"
        size="small"
        tooltipSide="top"
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => void editor.chain().focus().unsetAllMarks().clearNodes().run()}
      />
    </div>
  );
}
