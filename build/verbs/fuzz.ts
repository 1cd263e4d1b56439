import { parseArgs } from 'node:util';
import { fromRoot } from '../lib/paths.ts';
import { becomeNode } from '../lib/processes.ts';

// npm run fuzz -- [--requests N] [--seed S]: what the tests' fuzzing does, for as long as you like.
const { values } = parseArgs({ options: { requests: { type: 'string' }, seed: { type: 'string' } } });
process.env.FUZZ_REQUESTS = values.requests ?? '100000';
if (values.seed !== undefined) process.env.FUZZ_SEED = values.seed;
const vitest = fromRoot('node_modules/vitest/vitest.mjs');
becomeNode([vitest, 'run', '--project', 'contract', 'test/contract/fuzz.test.ts']);
