import { initTRPC, TRPCError } from '@trpc/server';
import { type AppError, appErrorOf, type ErrorCode } from '../../../../shared/contract/errors.ts';
import type { Result } from '../../../../shared/util/result.ts';
import type { StaffActor } from '../../domain/actor.ts';
import { callRefusal } from '../../domain/rights.ts';
import type { Logger } from '../../ports/logger.ts';
import { serverOwnedRefusal } from '../../services/serverOwned.ts';
import type { Services } from '../../services/services.ts';
import type { DeskPort } from '../deskPort.ts';

/** Made for each request by the server. */
export interface AppContext {
  readonly desk: DeskPort;
  readonly log: Logger;
  readonly address: string;
  /** The caller sits at the machine the desk runs on (domain/workspaceRules.ts). */
  readonly isAtThisMachine: boolean;
  readonly userAgent: string;
  /** The staff member who is signed in here, or null. */
  readonly actor: StaffActor | null;
  /** Gives the session to the caller (cookie or header); null takes it away. */
  setSession(token: string | null): void;
  readonly sessionToken: string | null;
}

class AppFailure extends Error {
  readonly appError: AppError;
  constructor(appError: AppError) {
    super(appError.message);
    this.appError = appError;
  }
}

const HTTP_CODES: Partial<Record<ErrorCode, TRPCError['code']>> = {
  signed_out: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  invalid_input: 'BAD_REQUEST',
  internal: 'INTERNAL_SERVER_ERROR',
  not_ready: 'PRECONDITION_FAILED',
  not_installed: 'PRECONDITION_FAILED',
  upgrade_needed: 'PRECONDITION_FAILED',
};

/** Turns an error value into tRPC's way of answering it; the code travels in `data.appError`. */
export function fail(error: AppError): never {
  throw new TRPCError({
    code: HTTP_CODES[error.code] ?? 'CONFLICT',
    message: error.message,
    cause: new AppFailure(error),
  });
}

export function unwrap<T>(result: Result<T>): T {
  return result.ok ? result.value : fail(result.error);
}

const t = initTRPC.context<AppContext>().create({
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    // No stack traces on the wire.
    data: { code: shape.data.code, httpStatus: shape.data.httpStatus, appError: appErrorFrom(error) },
    message: appErrorFrom(error).message,
  }),
});

function appErrorFrom(error: TRPCError): AppError {
  if (error.cause instanceof AppFailure) return error.cause.appError;
  if (error.code === 'BAD_REQUEST' || error.code === 'PARSE_ERROR')
    return appErrorOf('invalid_input', firstIssue(error));
  if (error.code === 'NOT_FOUND' || error.code === 'METHOD_NOT_SUPPORTED') return appErrorOf('not_found');
  if (error.code === 'PAYLOAD_TOO_LARGE') return appErrorOf('body_too_large');
  return appErrorOf('internal');
}

/** The first thing zod found, beside the field it is about. */
function firstIssue(error: TRPCError): { field?: string; message?: string } {
  const issues = error.cause && 'issues' in error.cause ? error.cause.issues : undefined;
  const first = Array.isArray(issues)
    ? (issues[0] as { path?: PropertyKey[]; message?: string } | undefined)
    : undefined;
  if (!first) return {};
  return {
    field: (first.path ?? []).map(String).join('.'),
    ...(first.message ? { message: first.message } : {}),
  };
}

export const router = t.router;

const logged = t.procedure.use(async ({ ctx, path, type, next }) => {
  const result = await next();
  if (!result.ok && appErrorFrom(result.error).code === 'internal') {
    ctx.log.error('app_call_failed', { path, type, error: result.error.cause ?? result.error });
  }
  return result;
});

function readyServices(desk: DeskPort): Services {
  const services = desk.services();
  if (services) return services;
  const { state } = desk.status();
  if (state === 'needs_setup') fail(appErrorOf('not_installed'));
  if (state === 'needs_upgrade' || state === 'upgrading') fail(appErrorOf('upgrade_needed'));
  fail(desk.status().error ?? appErrorOf('not_ready'));
}

/** The table of rights decides; a call that it does not name is refused. */
function checkRight(ctx: AppContext, call: string): void {
  const refusal = callRefusal(ctx.actor, call, ctx.desk.status().state !== 'needs_setup');
  if (refusal) fail(appErrorOf(refusal));
}

/** A call that works on a desk in any state: the first screen. */
export const anyDesk = logged.use(({ ctx, path, next }) => {
  checkRight(ctx, path);
  return next();
});

/** A call on an open desk. */
export const openDesk = logged.use(({ ctx, path, next }) => {
  const services = readyServices(ctx.desk);
  checkRight(ctx, path);
  const refusal = serverOwnedRefusal(services.deps, path);
  if (refusal) fail(refusal);
  return next({ ctx: { services, deps: services.deps } });
});

/** A call of somebody who is signed in. */
export const staffOnly = openDesk.use(({ ctx, next }) => {
  if (!ctx.actor) fail(appErrorOf('signed_out'));
  return next({ ctx: { actor: ctx.actor } });
});
