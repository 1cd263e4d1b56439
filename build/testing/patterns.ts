/** Which test files belong to which suite; vitest.config.ts and `npm test` both read it here. */
export const vitestPatterns = {
  unit: ['{electron,shared,build}/**/*.test.ts'],
  contract: ['test/contract/**/*.test.ts'],
  integration: ['test/{integration,fakes}/**/*.test.ts'],
  simulation: ['test/simulation/**/*.test.ts'],
  borders: ['test/borders/*.test.ts'],
  renderer: ['renderer/**/*.test.{ts,tsx}'],
};

export const playwrightPatterns = {
  browser: ['test/e2e/*.spec.ts'],
  electron: ['test/e2e/electron/*.spec.ts'],
};

export type VitestProject = keyof typeof vitestPatterns;
export type PlaywrightProject = keyof typeof playwrightPatterns;
