import { expect, it } from 'vitest';
import { fakeClock } from '../../../test/fakes/ports.ts';
import { createEventHub } from './eventHub.ts';

it('tells the others when one listener throws: whoever wrote must not take it for a failure', () => {
  const errors: unknown[] = [];
  const hub = createEventHub(fakeClock(), (error) => errors.push(error));
  const heard: number[] = [];
  hub.subscribe(() => {
    throw new Error('gone');
  });
  hub.subscribe(({ number }) => heard.push(number));
  hub.publish({ type: 'desk_changed', what: 'settings' });
  expect(heard).toEqual([hub.newest()]);
  expect(errors).toEqual([new Error('gone')]);
});
