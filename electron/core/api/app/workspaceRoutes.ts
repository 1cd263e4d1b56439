import { z } from 'zod';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import { workspaceInput, workspaceList, workspaceUrl } from '../../../../shared/contract/workspaces.ts';
import { callRefusal } from '../../domain/rights.ts';
import { fail, router, staffOnly, unwrap } from './context.ts';

/** For whoever sits at this machine: opening a workspace starts a process here. */
const atThisMachine = staffOnly.use(({ ctx, next }) => {
  const { workspaces } = ctx.desk;
  if (!workspaces || !ctx.isAtThisMachine) fail(appErrorOf('workspaces_at_machine_only'));
  return next({ ctx: { workspaces } });
});

export const workspaceRoutes = router({
  // Asked by every window; one that is elsewhere learns nothing but that.
  list: staffOnly.output(workspaceList).query(async ({ ctx }) => {
    const { workspaces } = ctx.desk;
    if (!workspaces || !ctx.isAtThisMachine) return { canSwitch: false, canChange: false, workspaces: [] };
    const canChange = callRefusal(ctx.actor, 'workspaces.add', true) === null;
    return { canSwitch: true, canChange, workspaces: unwrap(await workspaces.list()) };
  }),
  open: atThisMachine
    .input(workspaceInput)
    .output(workspaceUrl)
    .mutation(async ({ ctx, input }) => unwrap(await ctx.workspaces.open(input.key))),
  add: atThisMachine
    .input(z.strictObject({}))
    .output(workspaceUrl)
    .mutation(async ({ ctx }) => unwrap(await ctx.workspaces.add())),
  forget: atThisMachine
    .input(workspaceInput)
    .mutation(async ({ ctx, input }) => unwrap(await ctx.workspaces.forget(input.key))),
});
