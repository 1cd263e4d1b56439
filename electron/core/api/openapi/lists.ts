import { z } from 'zod';
import { numberProblem } from '../helpdeskz/extensionQuery.ts';
import {
  LAST_SECOND,
  MESSAGE_SORTS,
  MOST_PER_PAGE,
  notHere,
  SINCE_PROBLEM,
  SORTS,
  sortProblem,
} from '../helpdeskz/listOptions.ts';
import { number, seconds } from './call.ts';

const perPage = number(`Rows of a page, up to ${MOST_PER_PAGE}; with \`X-Staffdesk: 1\`.`).optional();
const sort = (of: readonly string[]) =>
  z.enum(of).meta({ description: 'Order; with `X-Staffdesk: 1`. - turns it round.' }).optional();
const PER_PAGE_PROBLEM = numberProblem('per_page', { min: 1, max: MOST_PER_PAGE });

/** What lists of things that change take from who asks for extensions, and may refuse. */
export const LIST = { headers: ['X-Staffdesk'], isCoded: true } as const;
export const listQuery = {
  per_page: perPage,
  sort: sort(SORTS),
  updated_since: number(
    'Only what changed since, in Unix seconds, the oldest change first; with `X-Staffdesk: 1`.',
  ).optional(),
};
export const LIST_ERRORS = [
  PER_PAGE_PROBLEM,
  sortProblem(SORTS),
  SINCE_PROBLEM,
  numberProblem('updated_since', { min: 0, max: LAST_SECOND }),
] as const;
export const updated = seconds('With `X-Staffdesk: 1`: when it changed last').optional();
export const more = z
  .literal([0, 1])
  .meta({ description: 'With `X-Staffdesk: 1`. 1: a list by time reaches no further, there are more.' })
  .optional();

export const messagesQuery = { per_page: perPage, sort: sort(MESSAGE_SORTS) };
export const MESSAGES_ERRORS = [
  PER_PAGE_PROBLEM,
  sortProblem(MESSAGE_SORTS),
  notHere('updated_since'),
] as const;
export const WHOLE_ERRORS = ['per_page', 'sort', 'updated_since'].map(notHere);
