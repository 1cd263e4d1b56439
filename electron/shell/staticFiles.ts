import { readFile } from 'node:fs/promises';
import path from 'node:path';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.mp3': 'audio/mpeg',
};

/**
 * The file a path names below `root`, or null when it names none or tries to leave. Separators that survive
 * decoding (%2f, %5c), drive letters and alternate streams (:) and NUL are refused, not repaired.
 */
export function staticFilePath(root: string, pathname: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname.replaceAll(/%2f/gi, '\\'));
  } catch {
    return null;
  }
  const isPlain = decoded.startsWith('/') && !/[\\:\0]/.test(decoded);
  if (!isPlain) return null;
  const base = path.resolve(root);
  const file = path.resolve(base, `.${decoded}`);
  return file.startsWith(base + path.sep) ? file : null;
}

export type StaticFile = { body: Uint8Array<ArrayBuffer>; mediaType: string };

async function readOrNull(file: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await readFile(file));
  } catch {
    return null;
  }
}

/** Reads a file of the renderer. A path without an extension is a screen, and every screen is index.html. */
export async function readStaticFile(root: string, pathname: string): Promise<StaticFile | null> {
  const isScreen = path.posix.extname(pathname) === '';
  const file = staticFilePath(root, isScreen ? '/index.html' : pathname);
  if (!file) return null;
  const mediaType = mediaTypes[path.extname(file).toLowerCase()];
  const body = mediaType ? await readOrNull(file) : null;
  return body && mediaType ? { body, mediaType } : null;
}
