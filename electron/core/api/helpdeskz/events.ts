import { appErrorOf } from '../../../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import { newestChange } from '../../services/changeFeed.ts';
import { callerOf } from '../../services/repeats.ts';
import { type Answer, failure } from './answers.ts';
import type { Action, Call } from './call.ts';
import { FEED_PERMISSIONS } from './changes.ts';
import { changeStream } from './eventStream.ts';
import { wholeNumber } from './extensionQuery.ts';

const MOST_STREAMS = 5;

/** What is wrong is told by HTTP's status: readers of event streams look at nothing else. */
function index(call: Call): Answer {
  const since = startOf(call);
  if (!since.ok) return { ...failure(since.error), status: 400 };
  const caller = callerOf(call.actor);
  if (call.streams.count(caller) >= MOST_STREAMS) return failure(appErrorOf('too_many_streams'));
  const rights = JSON.stringify(call.actor);
  const stream = changeStream(call, since.value, {
    keepAliveMs: call.keepAliveMs,
    isStillAllowed: () => JSON.stringify(call.identify()) === rights,
  });
  call.streams.add(caller, stream);
  return {
    status: 200,
    contentType: 'text/event-stream; charset=utf-8',
    body: stream,
    headers: { 'X-Accel-Buffering': 'no' },
  };
}

/** `Last-Event-ID` after a break, `since` at the first time; without either, from now on. */
function startOf({ deps, headers, query }: Call): Result<number> {
  const since = headers['last-event-id']?.toString() ?? query.since;
  const newest = newestChange(deps);
  const asked = wholeNumber({ since }, 'since', { min: 0, max: Number.MAX_SAFE_INTEGER });
  if (!asked.ok) return asked;
  if (asked.value === undefined) return ok(newest);
  return asked.value > newest ? err(appErrorOf('since_unknown', { field: 'since' })) : ok(asked.value);
}

export const events = {
  index: { permission: FEED_PERMISSIONS, run: index },
} satisfies Record<string, Action>;
