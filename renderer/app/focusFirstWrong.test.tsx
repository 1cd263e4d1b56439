import { act, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Field, Input } from '../ui/index.ts';
import { focusFirstWrong } from './focusFirstWrong.ts';

let answer: (error: string | null) => void = () => {};
let stop = () => {};
beforeEach(() => {
  stop = focusFirstWrong(document);
});
afterEach(() => stop());

/** `atOnce`: what the form itself finds; otherwise the error comes with `answer`. */
function Form({ atOnce = null }: { atOnce?: string | null }) {
  const [error, setError] = useState<string | null>(null);
  answer = (text) => act(() => setError(text));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setError(atOnce);
      }}
    >
      <Field label="Name">
        <Input />
      </Field>
      <Field label="Address" error={error}>
        <Input />
      </Field>
      <button type="submit">Save</button>
    </form>
  );
}

const field = (name: string) => screen.getByRole('textbox', { name });
function save(): HTMLElement {
  const button = screen.getByRole('button');
  act(() => button.focus());
  fireEvent.click(button);
  return button;
}
/** Observers and microtasks have run. */
const settled = () => act(() => new Promise<void>((resolve) => setTimeout(resolve)));

it('goes to the first wrong field, found at once or told by the core', async () => {
  render(<Form atOnce="Not an address." />);
  save();
  await settled();
  expect(document.activeElement).toBe(field('Address'));
  save();
  await settled();
  expect(document.activeElement).toBe(field('Address'));
});

it('waits for the core’s refusal', async () => {
  render(<Form />);
  const button = save();
  await settled();
  expect(document.activeElement).toBe(button);
  answer('Taken.');
  await settled();
  expect(document.activeElement).toBe(field('Address'));
});

it('leaves the focus to a person who has gone on', async () => {
  render(<Form />);
  save();
  act(() => field('Name').focus());
  fireEvent.input(field('Name'), { target: { value: 'A' } });
  answer('Taken.');
  await settled();
  expect(document.activeElement).toBe(field('Name'));
});
