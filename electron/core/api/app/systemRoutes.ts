import { z } from 'zod';
import { installInput, signInInput, viewer } from '../../../../shared/contract/desk.ts';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import { redeemResetInput, resetFacts, resetSecretInput } from '../../../../shared/contract/people.ts';
import { connectDeskInput, missingPermissions } from '../../../../shared/contract/sync.ts';
import { systemCheck, systemStatus } from '../../../../shared/contract/system.ts';
import type { StaffId } from '../../../../shared/model/ids.ts';
import * as reset from '../../services/passwordReset.ts';
import { openSession, signIn, signOut } from '../../services/sessions.ts';
import { viewerOf } from '../../services/viewer.ts';
import { isPasswordAtServerOnly, renewPassword } from '../../sync/account/passwordAtServer.ts';
import { type AppContext, anyDesk, fail, openDesk, router, unwrap } from './context.ts';

const signedIn = z.object({ viewer });

/** Signs the caller in as someone who has just proved to be that person. */
function enter(ctx: AppContext, staffId: StaffId) {
  const deps = ctx.desk.services()?.deps ?? fail(appErrorOf('not_ready'));
  ctx.setSession(unwrap(openSession(deps, staffId, { address: ctx.address, userAgent: ctx.userAgent })));
  return viewerOf(deps, staffId) ?? fail(appErrorOf('signed_out'));
}

export const systemRoutes = router({
  status: anyDesk.output(systemStatus).query(({ ctx }) => ctx.desk.status()),
  checks: anyDesk.output(z.object({ checks: z.array(systemCheck) })).query(async ({ ctx }) => {
    return { checks: await ctx.desk.checks() };
  }),
  install: anyDesk
    .input(installInput)
    .output(signedIn)
    .mutation(async ({ ctx, input }) => ({ viewer: enter(ctx, unwrap(await ctx.desk.install(input)).id) })),
  connect: anyDesk
    .input(connectDeskInput)
    .output(signedIn.extend({ missing: missingPermissions }))
    .mutation(async ({ ctx, input }) => {
      const { staffId, missing } = unwrap(await ctx.desk.connect(input));
      return { viewer: enter(ctx, staffId), missing };
    }),
  installDemo: anyDesk
    .input(
      z.object({
        tickets: z.number().int().min(10).max(100_000).default(2000),
        code: z.string().max(20).optional(),
      }),
    )
    .output(signedIn.extend({ password: z.string() }))
    .mutation(async ({ ctx, input }) => {
      const done = unwrap(await ctx.desk.installDemo(input.tickets, input.code));
      return { viewer: enter(ctx, done.staff.id), password: done.password };
    }),
  upgrade: anyDesk.output(systemStatus).mutation(({ ctx }) => unwrap(ctx.desk.upgrade())),
});

export const sessionRoutes = router({
  me: anyDesk.output(z.object({ viewer: viewer.nullable() })).query(({ ctx }) => {
    const deps = ctx.desk.services()?.deps;
    return { viewer: deps && ctx.actor ? (viewerOf(deps, ctx.actor.staffId) ?? null) : null };
  }),
  signIn: openDesk
    .input(signInInput)
    .output(signedIn.extend({ recoveryCodesLeft: z.number().int().nullable() }))
    .mutation(async ({ ctx, input }) => {
      const peer = { address: ctx.address, userAgent: ctx.userAgent };
      if (input.atServer || isPasswordAtServerOnly(ctx.deps, input.username))
        unwrap(await renewPassword(ctx.deps, input, peer));
      const staff = unwrap(await signIn(ctx.deps, input, peer));
      ctx.setSession(staff.token);
      const { recoveryCodesLeft } = staff;
      return {
        viewer: viewerOf(ctx.deps, staff.staffId) ?? fail(appErrorOf('signed_out')),
        recoveryCodesLeft,
      };
    }),
  // Mutations: a secret belongs into a body, never into an address.
  resetFacts: openDesk
    .input(resetSecretInput)
    .output(resetFacts)
    .mutation(({ ctx, input }) => unwrap(reset.resetFacts(ctx.deps, input.secret))),
  redeemReset: openDesk
    .input(redeemResetInput)
    .mutation(async ({ ctx, input }) => unwrap(await reset.redeemReset(ctx.deps, input))),
  signOut: openDesk.mutation(({ ctx }) => {
    if (ctx.sessionToken !== null) signOut(ctx.deps, ctx.sessionToken);
    ctx.setSession(null);
  }),
});
