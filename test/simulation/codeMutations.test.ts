import { afterEach, describe, expect, it, vi } from 'vitest';
import { CODE_MUTATIONS } from './codeMutations.ts';

afterEach(() => {
  for (const [module] of Object.values(CODE_MUTATIONS)) vi.doUnmock(module);
  vi.resetModules();
});

describe('switched off in the code, a rule is missed by some seed', () => {
  it.each(Object.entries(CODE_MUTATIONS))('%s', async (_, [module, change]) => {
    vi.resetModules();
    vi.doMock(module, async (load) => {
      const actual = await load<object>();
      return { ...actual, ...change(actual as never) };
    });
    const { findFailing } = await import('./run.ts');
    expect(await findFailing({})).not.toBeNull();
  });
});
