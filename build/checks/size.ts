import { globSync, readFileSync } from 'node:fs';
import { fromRoot } from '../lib/paths.ts';
import { checkResult, type StepResult } from '../testing/result.ts';

export const limits = { listed: 300, failing: 400 };
const sources = '{electron,renderer,shared,build}/**/*.{ts,tsx,mjs,cjs}';

export type SizedFile = { file: string; lines: number };

/** Sorts out the files that are too long; a long file does more than one thing. */
export function judgeSizes(files: SizedFile[]): { failing: SizedFile[]; listed: SizedFile[] } {
  const long = files.filter(({ lines }) => lines > limits.listed).sort((a, b) => b.lines - a.lines);
  return {
    failing: long.filter(({ lines }) => lines > limits.failing),
    listed: long.filter(({ lines }) => lines <= limits.failing),
  };
}

const countLines = (text: string): number => text.replace(/\n$/, '').split('\n').length;
const sentence = ({ file, lines }: SizedFile): string => `${file}: ${lines} lines`;

export async function checkSizes(): Promise<StepResult> {
  const files = globSync(sources, { cwd: fromRoot() }).map((file) => ({
    file,
    lines: countLines(readFileSync(fromRoot(file), 'utf8')),
  }));
  const { failing, listed } = judgeSizes(files);
  const long = listed.length > 0 ? `; over ${limits.listed} lines: ${listed.map(sentence).join(', ')}` : '';
  const output = failing.map((file) => `${sentence(file)}, at most ${limits.failing} are allowed`).join('\n');
  return checkResult(files.length > 0 && failing.length === 0, `${files.length} files${long}`, output);
}
