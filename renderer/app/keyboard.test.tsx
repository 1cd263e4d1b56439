import { cleanup, fireEvent, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useUi } from '../stores/index.ts';
import { type Command, useCommand } from './commands.ts';
import { listenForKeys } from './keyboard.ts';

const run = vi.fn();
let stop: () => void;
beforeEach(() => {
  stop = listenForKeys(document);
});
afterEach(() => {
  stop();
  cleanup();
  run.mockReset();
  useUi.getState().set({ singleKeys: true });
});

function Offer(props: Partial<Command> & { name?: string }) {
  const { name = 'first', ...command } = props;
  useCommand({
    id: 'test',
    title: 'Test',
    keys: ['j', 'Mod+k'],
    group: 'List',
    run: () => run(name),
    ...command,
  });
  return (
    <>
      <input aria-label="field" />
      <div role="dialog" aria-label="dialog">
        <button type="button">inside</button>
      </div>
      <button type="button">outside</button>
    </>
  );
}

it('runs a command by its key, and takes the key', () => {
  render(<Offer />);
  expect(fireEvent.keyDown(document.body, { key: 'j' })).toBe(false);
  expect(run).toHaveBeenCalledWith('first');
});

it('leaves letters and combinations to a text field, unless the command works there', () => {
  const { getByLabelText, rerender } = render(<Offer />);
  fireEvent.keyDown(getByLabelText('field'), { key: 'j' });
  fireEvent.keyDown(getByLabelText('field'), { key: 'k', ctrlKey: true });
  expect(run).not.toHaveBeenCalled();
  rerender(<Offer worksInText />);
  fireEvent.keyDown(getByLabelText('field'), { key: 'k', ctrlKey: true });
  expect(run).toHaveBeenCalledTimes(1);
});

it('does nothing inside a dialog, while disabled, or when someone else took the key', () => {
  const { getByText, rerender } = render(<Offer />);
  fireEvent.keyDown(getByText('inside'), { key: 'j' });
  rerender(<Offer enabled={false} />);
  fireEvent.keyDown(document.body, { key: 'j' });
  rerender(<Offer />);
  const taken = new KeyboardEvent('keydown', { key: 'j', bubbles: true, cancelable: true });
  taken.preventDefault();
  document.body.dispatchEvent(taken);
  expect(run).not.toHaveBeenCalled();
});

it('leaves Enter to a focused button', () => {
  const { getByText } = render(<Offer keys={['Enter']} />);
  fireEvent.keyDown(getByText('outside'), { key: 'Enter' });
  expect(run).not.toHaveBeenCalled();
  fireEvent.keyDown(document.body, { key: 'Enter' });
  expect(run).toHaveBeenCalledTimes(1);
});

it('lets single letters be switched off; combinations stay', () => {
  useUi.getState().set({ singleKeys: false });
  render(<Offer />);
  fireEvent.keyDown(document.body, { key: 'j' });
  expect(run).not.toHaveBeenCalled();
  fireEvent.keyDown(document.body, { key: 'k', metaKey: true });
  expect(run).toHaveBeenCalledTimes(1);
});

it('gives a command to whoever offered it last, and back', () => {
  const first = render(<Offer name="first" />);
  const second = render(<Offer name="second" />);
  fireEvent.keyDown(document.body, { key: 'j' });
  second.unmount();
  fireEvent.keyDown(document.body, { key: 'j' });
  first.unmount();
  fireEvent.keyDown(document.body, { key: 'j' });
  expect(run.mock.calls).toEqual([['second'], ['first']]);
});
