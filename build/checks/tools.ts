import { buildApp } from '../build.ts';
import { fromRoot } from '../lib/paths.ts';
import { runNode } from '../lib/processes.ts';
import { checkResult, type StepResult } from '../testing/result.ts';

async function runTool(script: string, args: string[], summary = ''): Promise<StepResult> {
  const { code, output } = await runNode([fromRoot('node_modules', script), ...args]);
  return checkResult(code === 0, summary, output);
}

/** Type-checks everything, and the core once more without the DOM's types. */
export async function checkTypes(): Promise<StepResult> {
  const tsc = 'typescript/bin/tsc';
  const incremental = (name: string) => ['--incremental', '--tsBuildInfoFile', `.cache/${name}.tsbuildinfo`];
  const all = await runTool(tsc, ['-p', 'tsconfig.json', ...incremental('all')]);
  if (all.failed > 0) return all;
  return runTool(tsc, ['-p', 'tsconfig.core.json', ...incremental('core')]);
}

export const checkLint = (): Promise<StepResult> =>
  runTool('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '--max-diagnostics=50']);

export const checkDeadCode = (): Promise<StepResult> =>
  runTool('knip/bin/knip.js', ['--no-progress', '--no-config-hints']);

/** Builds what the later suites start. */
export async function checkBuild(): Promise<StepResult> {
  await buildApp({ renderer: true });
  return checkResult(true, '', '');
}
