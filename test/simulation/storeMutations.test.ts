import { describe, expect, it } from 'vitest';
import { STORE_MUTATIONS } from './mutations.ts';
import { findFailing } from './run.ts';

/** The simulation's own worth: a rule that no seed misses would be a hole in what it looks at. */
describe('switched off, a rule is missed by some seed', () => {
  it.each(Object.entries(STORE_MUTATIONS))('%s', async (_, store) => {
    expect(await findFailing({ store })).not.toBeNull();
  });
});
