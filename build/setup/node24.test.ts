import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { withLocalBin } from './node24.mjs';

const bin = path.join('/desk', 'node_modules', '.bin');
const joined = (...parts: string[]) => parts.join(path.delimiter);

describe('withLocalBin', () => {
  it('puts the local programs first, once', () => {
    const env = withLocalBin('/desk', { PATH: joined('/usr/bin', bin, '/bin') });
    expect(env).toEqual({ PATH: joined(bin, '/usr/bin', '/bin') });
  });

  it('keeps the name that Windows gives the variable', () => {
    expect(withLocalBin('/desk', { Path: '/usr/bin' })).toEqual({ Path: joined(bin, '/usr/bin') });
  });
});
