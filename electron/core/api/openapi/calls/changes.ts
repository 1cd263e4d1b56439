import { z } from 'zod';
import { appErrorOf } from '../../../../../shared/contract/errors.ts';
import { FEED_PERMISSIONS } from '../../helpdeskz/changes.ts';
import { numberProblem } from '../../helpdeskz/extensionQuery.ts';
import { RESOURCES } from '../../helpdeskz/routing.ts';
import { type ApiCall, components, count, digits, number, seconds, success } from '../call.ts';

const change = z
  .object({
    number: digits('Number of the change.', '42'),
    resource: z.enum(RESOURCES).meta({ description: 'Where to read it.', examples: ['tickets'] }),
    id: digits('Its number there.', '7'),
    change: z
      .enum(['created', 'changed', 'deleted'])
      .meta({ description: 'What happened last. Of something unknown, `changed` means that it is new.' }),
    date: seconds('When'),
  })
  .register(components, { id: 'Change' });

const since = number('Changes after this number; without it, none.', 0).optional();

export const changeCalls: readonly ApiCall[] = [
  {
    tag: 'Changes',
    id: 'changesList',
    method: 'GET',
    path: '/api/changes',
    permission: FEED_PERMISSIONS,
    summary: 'What changed',
    description:
      'Each thing once, with its newest change, of all that the token may read; deleted things stay. Go on with `since` = `next`.',
    query: z.object({ since, limit: number('At most so many, up to 1000; else 200.', 100).optional() }),
    answer: success({
      changes: z.array(change),
      next: count('Where to go on.', 42),
      more: z.literal([0, 1]).meta({ description: '1: there are newer ones already.', examples: [0] }),
    }),
    errors: [
      numberProblem('since', { min: 0, max: Number.MAX_SAFE_INTEGER }),
      numberProblem('limit', { min: 1, max: 1000 }),
      appErrorOf('since_unknown').message,
    ],
    isCoded: true,
  },
  {
    tag: 'Changes',
    id: 'eventsListen',
    method: 'GET',
    path: '/api/events',
    permission: FEED_PERMISSIONS,
    summary: 'Hear what changes',
    description:
      'The same as it happens: `event: change` with the number as `id` and the change as `data`, after one `event: hello`. A token may have five streams.',
    headers: ['Last-Event-ID'],
    query: z.object({ since: number('Begin after this number instead of now.').optional() }),
    answer: { mediaType: 'text/event-stream', is: 'Server-sent events.' },
    errors: [],
    statuses: [429],
    curl: '-N',
  },
];
