import { test as base, type Page } from '@playwright/test';
import { SLOW } from './slow.ts';

/** What `STAFFDESK_SLOW` asks for: less of the processor, and answers that arrive after the news of what they did. */
export async function slowDown(page: Page): Promise<void> {
  if (SLOW === 1) return;
  const tools = await page.context().newCDPSession(page);
  await tools.send('Emulation.setCPUThrottlingRate', { rate: SLOW });
  await tools.send('Network.enable');
  await tools.send('Network.emulateNetworkConditions', {
    ...{ offline: false, downloadThroughput: -1, uploadThroughput: -1 },
    latency: SLOW * 50,
  });
}

export const test = base.extend({
  page: async ({ page }, use) => {
    await slowDown(page);
    await use(page);
    // Windows of other people, which nothing else closes before the browser.
    const others = page.context().browser()?.contexts() ?? [];
    for (const other of others) if (other !== page.context()) await other.close();
  },
});
