import { z } from 'zod';
import { viewer as viewerSchema } from '../../../../shared/contract/desk.ts';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import {
  createSourceInput,
  finishSourceSignInInput,
  offeredSource,
  reorderSourcesInput,
  setSourceActiveInput,
  source,
  sourceIdInput,
  sourceSignInInput,
  sourceTest,
  testSourceInput,
  updateSourceInput,
} from '../../../../shared/contract/sources.ts';
import type { ServiceDeps } from '../../services/context.ts';
import type { Peer, SignedIn } from '../../services/sessions.ts';
import * as admin from '../../services/signInSources/sourceAdmin.ts';
import { finishSourceSignIn, signInWithSource } from '../../services/signInSources/sourceSignIn.ts';
import { testSource } from '../../services/signInSources/sourceTest.ts';
import { viewerOf } from '../../services/viewer.ts';
import { type AppContext, fail, openDesk, router, staffOnly, unwrap } from './context.ts';

const oneSource = z.object({ source });
const signedIn = z.object({ viewer: viewerSchema, recoveryCodesLeft: z.number().int().nullable() });

const peerOf = ({ address, userAgent }: AppContext): Peer => ({ address, userAgent });

/** Gives the new session to the caller. */
function enter(ctx: AppContext & { deps: ServiceDeps }, { token, staffId, recoveryCodesLeft }: SignedIn) {
  ctx.setSession(token);
  const viewer = viewerOf(ctx.deps, staffId) ?? fail(appErrorOf('signed_out'));
  return { viewer, recoveryCodesLeft };
}

/** Setup → Sign-in sources, and signing in with one: `offered`, `signIn`, `finishSignIn`. */
export const sourceRoutes = router({
  offered: openDesk
    .output(z.object({ sources: z.array(offeredSource) }))
    .query(({ ctx }) => ({ sources: admin.offeredSources(ctx.deps) })),
  signIn: openDesk
    .input(sourceSignInInput)
    .output(signedIn)
    .mutation(async ({ ctx, input }) =>
      enter(ctx, unwrap(await signInWithSource(ctx.deps, input, peerOf(ctx)))),
    ),
  finishSignIn: openDesk
    .input(finishSourceSignInInput)
    .output(signedIn)
    .mutation(async ({ ctx, input }) =>
      enter(ctx, unwrap(await finishSourceSignIn(ctx.deps, input, peerOf(ctx)))),
    ),
  list: staffOnly
    .output(z.object({ sources: z.array(source) }))
    .query(({ ctx }) => ({ sources: admin.listSources(ctx.deps) })),
  create: staffOnly
    .input(createSourceInput)
    .output(oneSource)
    .mutation(async ({ ctx, input }) => ({
      source: unwrap(await admin.createSource(ctx.deps, ctx.actor, input)),
    })),
  update: staffOnly
    .input(updateSourceInput)
    .output(oneSource)
    .mutation(async ({ ctx, input }) => ({
      source: unwrap(await admin.updateSource(ctx.deps, ctx.actor, input)),
    })),
  setActive: staffOnly
    .input(setSourceActiveInput)
    .output(oneSource)
    .mutation(({ ctx, input }) => ({
      source: unwrap(admin.setSourceActive(ctx.deps, ctx.actor, input.sourceId, input.isActive)),
    })),
  delete: staffOnly
    .input(sourceIdInput)
    .mutation(({ ctx, input }) => unwrap(admin.deleteSource(ctx.deps, ctx.actor, input.sourceId))),
  reorder: staffOnly
    .input(reorderSourcesInput)
    .mutation(({ ctx, input }) => unwrap(admin.reorderSources(ctx.deps, ctx.actor, input.sourceIds))),
  // A mutation: it reaches out.
  test: staffOnly
    .input(testSourceInput)
    .output(sourceTest)
    .mutation(async ({ ctx, input }) => unwrap(await testSource(ctx.deps, input, peerOf(ctx)))),
});
