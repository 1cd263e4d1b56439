import { describe, expect, it } from 'vitest';
import { standingProblem } from './standing.ts';

describe('standing of an account', () => {
  const admin = { role: 'admin', isActive: true } as const;
  const off = { role: 'admin', isActive: false } as const;
  const agent = { role: 'agent', isActive: true } as const;
  const agentOff = { role: 'agent', isActive: false } as const;
  it.each([
    // before, after, own account, other active admins, problem
    [admin, agent, false, 1, null],
    [admin, off, false, 1, null],
    [admin, agent, true, 1, 'own_account'],
    [admin, off, true, 1, 'own_account'],
    [admin, agent, true, 0, 'last_admin'],
    [admin, off, true, 0, 'last_admin'],
    [admin, off, false, 0, 'last_admin'],
    [admin, admin, true, 0, null],
    [agent, agentOff, false, 0, null],
    [agentOff, agent, false, 0, null],
    [agent, admin, false, 1, null],
    [off, agentOff, false, 0, null],
    [off, admin, false, 0, null],
  ] as const)('%o → %o, own %s, %s others: %s', (before, after, isOwn, otherActiveAdmins, problem) => {
    expect(standingProblem({ before, after, isOwn, otherActiveAdmins })).toBe(problem);
  });
});
