import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { chromium, type LaunchOptions } from '@playwright/test';

const root = path.resolve(import.meta.dirname, '..', '..', '..');

/** Flags for every launch. Web security, site isolation and all that the security tests rely on stay on. */
const chromiumFlags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Chromium refuses its own sandbox to root; anyone else keeps it.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

const installed: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      path.join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      path.join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]),
};
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

function systemChromium(): string | undefined {
  const onPath = (process.env.PATH ?? '')
    .split(path.delimiter)
    .flatMap((folder) => names.map((name) => path.join(folder, name)));
  return (installed[process.platform] ?? onPath).find((file) => existsSync(file));
}

type Chromium = { executablePath: string; env?: Record<string, string> };

/** Runs `action` under other environment values and puts the old ones back. */
async function withEnvironment<T>(values: Record<string, string>, action: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  Object.assign(process.env, values);
  try {
    return await action();
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

/** The package's own file names folders of AWS only; a page without fonts renders without any text. */
const fontConfiguration = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${path.join(folder, 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${path.join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`;

/**
 * Unpacks the Chromium that npm ships. The package writes into the temporary folder, its libraries only where
 * it believes itself on AWS, and changes the environment; none of that may reach the desk under test. The
 * folder gets its name when it is whole, so neither a run that was cut off nor one beside us leaves half of it.
 */
async function unpackChromium(folder: string): Promise<void> {
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  await withEnvironment({ TMPDIR: fresh, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' }, async () => {
    const { default: packed } = await import('@sparticuz/chromium');
    const file = await packed.executablePath();
    if (path.dirname(file) !== fresh) throw new Error(`Chromium was unpacked to ${file} instead of ${fresh}`);
  });
  writeFileSync(path.join(fresh, 'fonts.conf'), fontConfiguration(folder));
  try {
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

async function packedChromium(): Promise<Chromium | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const folder = path.join(root, '.cache', 'packed-chromium');
  if (!existsSync(folder)) await unpackChromium(folder);
  return {
    executablePath: path.join(folder, 'chromium'),
    env: {
      LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib'),
      FONTCONFIG_FILE: path.join(folder, 'fonts.conf'),
    },
  };
}

async function findChromium(): Promise<Chromium | undefined> {
  const named = process.env.STAFFDESK_CHROMIUM ?? systemChromium();
  if (named) return { executablePath: named };
  const own = chromium.executablePath();
  return existsSync(own) ? { executablePath: own } : packedChromium();
}

/** A real Chromium to test in: the named one, the system's, Playwright's own, or the one from npm. */
export async function chromiumExecutable(): Promise<string | undefined> {
  return (await findChromium())?.executablePath;
}

/** What Playwright needs to launch that Chromium. */
export async function chromiumLaunchOptions(): Promise<LaunchOptions> {
  const { executablePath, env } = (await findChromium()) ?? {};
  return {
    args: chromiumFlags,
    ...(executablePath ? { executablePath } : {}),
    ...(env ? { env: { ...process.env, ...env } } : {}),
  };
}
