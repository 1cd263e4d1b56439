import {
  appPasswordInput,
  appPasswordList,
  createAppPasswordDone,
  createAppPasswordInput,
  dialectKey,
  keyedDialectInput,
} from '../../../../shared/contract/dialects.ts';
import { listAppPasswords, makeAppPassword, removeAppPassword } from '../../services/appPasswords.ts';
import { generateDialectKey, removeDialectKey, showDialectKey } from '../../services/dialects/keys.ts';
import { router, staffOnly, unwrap } from './context.ts';

/** Setup → API → Sign-in dialects: their keys. What else there is to set are settings of the desk. */
export const dialectRoutes = router({
  key: staffOnly
    .input(keyedDialectInput)
    .output(dialectKey)
    .query(({ ctx, input }) => showDialectKey(ctx.deps, input.dialect)),
  generateKey: staffOnly
    .input(keyedDialectInput)
    .output(dialectKey)
    .mutation(async ({ ctx, input }) => unwrap(await generateDialectKey(ctx.deps, input.dialect))),
  removeKey: staffOnly
    .input(keyedDialectInput)
    .output(dialectKey)
    .mutation(({ ctx, input }) => unwrap(removeDialectKey(ctx.deps, input.dialect))),
});

/** Setup → Profile → App passwords: everyone their own. */
export const appPasswordRoutes = router({
  list: staffOnly
    .output(appPasswordList)
    .query(({ ctx }) => ({ appPasswords: listAppPasswords(ctx.deps, ctx.actor.staffId) })),
  create: staffOnly
    .input(createAppPasswordInput)
    .output(createAppPasswordDone)
    .mutation(async ({ ctx, input }) => unwrap(await makeAppPassword(ctx.deps, ctx.actor, input))),
  remove: staffOnly
    .input(appPasswordInput)
    .mutation(({ ctx, input }) => unwrap(removeAppPassword(ctx.deps, ctx.actor, input.id))),
});
