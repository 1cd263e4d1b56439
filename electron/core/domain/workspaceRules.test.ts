import { expect, it } from 'vitest';
import { isAtThisMachine, type WorkspaceCaller } from './workspaceRules.ts';

const AT_IT: WorkspaceCaller = { socketAddress: '127.0.0.1', host: '127.0.0.1:8484', isForwarded: false };

it.each<[Partial<WorkspaceCaller>, boolean]>([
  [{}, true],
  [{ host: 'localhost:8484' }, true],
  [{ host: 'LOCALHOST' }, true],
  [{ socketAddress: '::1', host: '[::1]:8484' }, true],
  [{ socketAddress: '::ffff:127.0.0.1' }, true],
  // Another machine, whatever name it uses.
  [{ socketAddress: '192.168.1.7' }, false],
  [{ socketAddress: '::ffff:192.168.1.7' }, false],
  [{ socketAddress: 'fe80::1' }, false],
  [{ socketAddress: '127.0.0.1.evil.example' }, false],
  // The control socket has none: the app's shell opens workspaces itself.
  [{ socketAddress: undefined }, false],
  // A proxy on this machine, with and without a word about whom it serves.
  [{ isForwarded: true }, false],
  [{ host: 'desk.example.com' }, false],
  [{ host: 'localhost.evil.example' }, false],
  [{ host: '127.0.0.1.evil.example:8484' }, false],
  [{ host: '127.0.0.1@evil.example' }, false],
  [{ host: undefined }, false],
  [{ host: '' }, false],
])('%o sits at this machine: %s', (facts, expected) => {
  expect(isAtThisMachine({ ...AT_IT, ...facts })).toBe(expected);
});
