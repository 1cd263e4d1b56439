import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { app, type BrowserWindow, dialog } from 'electron';
import type { BridgeInput, BridgeOutput } from '../../shared/contract/desktopBridge.ts';
import { appOriginOf, parseUrl } from './appOrigin.ts';

type Fetch = (request: Request) => Promise<Response>;

/** The address of a file of the page's own desk, or null for anything that is not below /files/. */
export function fileUrl(requested: string, page: string): string | null {
  const origin = appOriginOf(page);
  const url = parseUrl(origin !== null && requested.startsWith('/') ? `${origin}${requested}` : '');
  return url?.pathname.startsWith('/files/') ? url.href : null;
}

/** A sender's name for a file, without the parts that would choose a folder or that a system refuses. */
export function safeFileName(suggested: string): string {
  const last = suggested.split(/[/\\]/).at(-1) ?? '';
  const clean = Array.from(last, (mark) => (mark < ' ' || '<>:"|?*\u007f'.includes(mark) ? '_' : mark)).join(
    '',
  );
  return clean.replace(/^\.+|[. ]+$/g, '') || 'attachment';
}

/** Writes beside the target and renames: a download that breaks off leaves no half file under the chosen name. */
async function download(url: string, target: string, fetchFile: Fetch): Promise<void> {
  const response = await fetchFile(new Request(url));
  if (!response.ok || !response.body) throw new Error(`saveFile: the core answered ${response.status}`);
  const temporary = `${target}.part`;
  try {
    const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
    await pipeline(body, createWriteStream(temporary));
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Asks where to save one of the files of the desk that `page` is of, and saves it there. Null: the person chose not to. */
export async function saveFile(
  input: BridgeInput<'saveFile'>,
  page: string,
  window: BrowserWindow | null,
  fetchFile: Fetch,
): Promise<BridgeOutput<'saveFile'>> {
  const url = fileUrl(input.path, page);
  if (!url) throw new Error('saveFile: not a file of the desk');
  const options = { defaultPath: path.join(app.getPath('downloads'), safeFileName(input.suggestedName)) };
  const { canceled, filePath } = window
    ? await dialog.showSaveDialog(window, options)
    : await dialog.showSaveDialog(options);
  if (canceled || filePath === '') return { savedTo: null };
  await download(url, filePath, fetchFile);
  return { savedTo: filePath };
}
