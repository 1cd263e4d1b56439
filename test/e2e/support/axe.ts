import type { Page } from '@playwright/test';
import axe, { type RunOptions } from 'axe-core';

type Axe = Pick<typeof axe, 'run'>;

const OPTIONS: RunOptions = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  resultTypes: ['violations'],
};

/** In the page. Mail frames run no script, so axe could never answer from inside them; mailPage has its own tests. */
async function run(options: RunOptions): Promise<string[]> {
  // What fades in has its colours once it is there.
  const ending = document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(ending.map(({ finished }) => finished));
  const { axe } = globalThis as typeof globalThis & { axe: Axe };
  const { violations } = await axe.run({ exclude: [['iframe']] }, options);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}

/** What axe finds, as lines a person can act on. It stays in the page: loading it takes as long as running it. */
export async function axeProblems(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(run, OPTIONS);
}
