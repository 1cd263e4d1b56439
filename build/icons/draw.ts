// Draws every icon file from icon.svg: `node build/icons/draw.ts` after changing it, and commit the result.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { chromiumLaunchOptions } from '../../test/e2e/support/browser.ts';
import { fromRoot } from '../lib/paths.ts';
import { type Image, makeIcns, makeIco } from './containers.ts';

const sides = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const folder = fromRoot('build', 'icons');

async function drawImages(svg: string): Promise<Image[]> {
  const browser = await chromium.launch(await chromiumLaunchOptions());
  const page = await browser.newPage();
  const images: Image[] = [];
  for (const side of sides) {
    await page.setViewportSize({ width: side, height: side });
    await page.setContent(
      `<style>*{margin:0}svg{display:block;width:${side}px;height:${side}px}</style>${svg}`,
    );
    images.push({ side, png: await page.screenshot({ omitBackground: true }) });
  }
  await browser.close();
  return images;
}

const images = await drawImages(readFileSync(`${folder}/icon.svg`, 'utf8'));
mkdirSync(`${folder}/linux`, { recursive: true });
for (const { side, png } of images) {
  if (side <= 512) writeFileSync(`${folder}/linux/${side}x${side}.png`, png);
  else writeFileSync(`${folder}/icon.png`, png);
}
writeFileSync(`${folder}/icon.ico`, makeIco(images.filter(({ side }) => side <= 256)));
writeFileSync(`${folder}/icon.icns`, makeIcns(images));
