import { afterEach, describe, expect, it, vi } from 'vitest';

type Rules = typeof import('../../electron/core/domain/syncRules.ts');
type Marker = typeof import('../../electron/core/domain/marker.ts');

const MARKER = '../../electron/core/domain/marker.ts';
const REBASE = '../../electron/core/sync/rebase.ts';
const RULES = '../../electron/core/domain/syncRules.ts';
const PULL = '../../electron/core/sync/pullTicket.ts';

/** A module of the engine, and what it does with one of its rules switched off. */
const MUTATIONS: Readonly<Record<string, readonly [string, (actual: never) => object]>> = {
  'no marker is sent': [MARKER, () => ({ withMarker: (_: string, bodyHtml: string) => bodyHtml })],
  'a marker is not recognised': [
    MARKER,
    ({ takeMarker }: Marker) => ({
      takeMarker: (bodyHtml: string) => ({ ...takeMarker(bodyHtml), marker: null }),
    }),
  ],
  'nothing is rebased': [REBASE, () => ({ rebase: () => false, rebaseTicket: () => false })],
  'a change is dropped instead of asked about': [
    RULES,
    ({ decide }: Rules) => ({
      decide: (change: Parameters<Rules['decide']>[0]) => {
        const decided = decide(change);
        return decided === 'ask' ? 'drop' : decided;
      },
    }),
  ],
  'a deletion is not believed': [PULL, () => ({ removeTicket: () => {} })],
};

afterEach(() => {
  for (const module of [MARKER, REBASE, RULES, PULL]) vi.doUnmock(module);
  vi.resetModules();
});

describe('switched off in the code, a rule is missed by some seed', () => {
  it.each(Object.entries(MUTATIONS))('%s', async (_, [module, change]) => {
    vi.resetModules();
    vi.doMock(module, async (load) => {
      const actual = await load<object>();
      return { ...actual, ...change(actual as never) };
    });
    const { firstFailing } = await import('./run.ts');
    expect(await firstFailing({})).not.toBeNull();
  });
});
