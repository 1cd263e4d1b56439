import { cleanup, render } from '@testing-library/react';
import { useRef } from 'react';
import { afterEach, expect, it } from 'vitest';
import { useKeptFocus } from './useKeptFocus.ts';

afterEach(cleanup);

function Pane({ hasList }: { hasList: boolean }) {
  const pane = useRef<HTMLElement>(null);
  useKeptFocus(pane, hasList);
  return (
    <>
      <section ref={pane} tabIndex={-1} aria-label="Pane">
        {hasList && <button type="button">Row</button>}
      </section>
      <button type="button">Elsewhere</button>
    </>
  );
}

it('takes the focus of what is gone, and leaves it where somebody put it', () => {
  const { rerender, getByText, getByLabelText } = render(<Pane hasList />);
  getByText('Row').focus();
  rerender(<Pane hasList={false} />);
  expect(document.activeElement).toBe(getByLabelText('Pane'));
  getByText('Elsewhere').focus();
  rerender(<Pane hasList />);
  expect(document.activeElement).toBe(getByText('Elsewhere'));
});
