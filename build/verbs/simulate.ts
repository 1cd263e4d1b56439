import { parseArgs } from 'node:util';
import { fromRoot } from '../lib/paths.ts';
import { becomeNode } from '../lib/processes.ts';

// npm run simulate -- [--runs N] [--seed S]: the tests' simulation of offline work and later sync, from any seed.
const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' } } });
process.env.SIMULATION_RUNS = values.runs ?? '50000';
if (values.seed !== undefined) process.env.SIMULATION_SEED = values.seed;
const vitest = fromRoot('node_modules/vitest/vitest.mjs');
const tests = ['test/simulation/oddSeeds.test.ts', 'test/simulation/evenSeeds.test.ts'];
becomeNode([vitest, 'run', '--project', 'simulation', ...tests]);
