import { defineConfig } from 'vitest/config';

const nodeProject = (name: string, include: string[]) => ({
  test: {
    name,
    include,
    environment: 'node' as const,
    exclude: ['**/node_modules/**', 'test/borders/fixtures/**'],
  },
});

export default defineConfig({
  test: {
    // Two cores on the smallest machine this must run on; more workers only fight each other.
    maxWorkers: 2,
    projects: [
      nodeProject('unit', ['electron/**/*.test.ts', 'shared/**/*.test.ts', 'build/**/*.test.ts']),
      nodeProject('contract', ['test/contract/**/*.test.ts']),
      nodeProject('integration', ['test/integration/**/*.test.ts', 'test/fakes/**/*.test.ts']),
      nodeProject('simulation', ['test/simulation/**/*.test.ts']),
      nodeProject('borders', ['test/borders/*.test.ts']),
      {
        test: {
          name: 'renderer',
          include: ['renderer/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
          setupFiles: ['test/rendererSetup.ts'],
        },
      },
    ],
  },
});
