import { act, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { Dialog } from './Dialog.tsx';
import { TooltipProvider } from './Tooltip.tsx';

function Window() {
  const [open, setOpen] = useState(false);
  return (
    <TooltipProvider>
      <input aria-label="List" onKeyDown={() => setOpen(true)} />
      <input aria-label="Text" />
      <Dialog open={open} onOpenChange={setOpen} title="Jump">
        <input aria-label="Day" />
      </Dialog>
    </TooltipProvider>
  );
}

async function openByKey(): Promise<HTMLElement> {
  render(<Window />);
  const list = screen.getByRole('textbox', { name: 'List' });
  act(() => list.focus());
  fireEvent.keyDown(list, { key: 't' });
  await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Day' })));
  return list;
}

it('gives the focus back to where it was when a dialog closes that a key opened', async () => {
  const list = await openByKey();
  fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' });
  await vi.waitFor(() => expect(document.activeElement).toBe(list));
});

it('leaves the focus to whom it was given on purpose', async () => {
  await openByKey();
  const text = screen.getByRole('textbox', { name: 'Text', hidden: true });
  fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' });
  act(() => text.focus());
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(document.activeElement).toBe(text);
});
