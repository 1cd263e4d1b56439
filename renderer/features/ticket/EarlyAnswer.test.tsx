import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { ticketId } from '../../../shared/model/ids.ts';
import { runCommand } from '../../app/commands.ts';
import { EarlyAnswerField, forgetEarlyAnswers, useEarlyAnswer } from './EarlyAnswer.tsx';

afterEach(() => {
  cleanup();
  forgetEarlyAnswers();
});

const taken = vi.fn();

/** A ticket that is being read; pressing the button is its composer coming up. */
function Loading({ id }: { id: number }) {
  const answer = useEarlyAnswer(ticketId.parse(id));
  const take = () => {
    taken(answer.start);
    answer.taken();
  };
  return (
    <>
      <EarlyAnswerField answer={answer} />
      <button type="button" onClick={take}>
        take
      </button>
    </>
  );
}
const write = (text: string) => fireEvent.change(screen.getByRole('textbox'), { target: { value: text } });

it('takes the letters after r until the composer has them', () => {
  render(<Loading id={1} />);
  expect(screen.queryByRole('textbox')).toBeNull();
  act(() => void runCommand('composer.reply'));
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Reply' }));
  write('On it');
  fireEvent.click(screen.getByText('take'));
  expect(taken).toHaveBeenCalledWith({ kind: 'reply', text: 'On it' });
  expect(screen.queryByRole('textbox')).toBeNull();
});

it('keeps them for who moves on and comes back, and for nobody who signs in after', () => {
  const first = render(<Loading id={1} />);
  act(() => void runCommand('composer.note'));
  write('Called');
  first.unmount();
  const other = render(<Loading id={2} />);
  expect(screen.queryByRole('textbox')).toBeNull();
  other.unmount();
  const again = render(<Loading id={1} />);
  expect(screen.getByRole('textbox', { name: 'Note' })).toHaveProperty('value', 'Called');
  again.unmount();
  forgetEarlyAnswers();
  render(<Loading id={1} />);
  expect(screen.queryByRole('textbox')).toBeNull();
});
