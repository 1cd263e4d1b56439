import { defineConfig } from 'vitest/config';
import { type VitestProject, vitestPatterns } from './build/testing/patterns.ts';

// A hang is a failure, a busy machine is not.
const patience = { testTimeout: 60_000, hookTimeout: 60_000 };

// The keychain of whoever runs the tests is not theirs to write into.
const env = { STAFFDESK_USE_KEYCHAIN: 'no' };

const nodeProject = (name: VitestProject) => ({
  test: { name, include: vitestPatterns[name], environment: 'node' as const, env, ...patience },
});

export default defineConfig({
  test: {
    // Two cores on the smallest machine this must run on; more workers only fight each other.
    maxWorkers: 2,
    projects: [
      nodeProject('unit'),
      nodeProject('contract'),
      nodeProject('integration'),
      nodeProject('simulation'),
      nodeProject('borders'),
      {
        test: {
          name: 'renderer',
          include: vitestPatterns.renderer,
          environment: 'jsdom',
          setupFiles: ['test/rendererSetup.ts'],
          ...patience,
        },
      },
    ],
  },
});
