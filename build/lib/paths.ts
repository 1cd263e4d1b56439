import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..', '..');
export const fromRoot = (...parts: string[]): string => path.join(root, ...parts);
