import type { CustomerContents } from '../../../../shared/contract/customers.ts';
import type { SearchInput } from '../../../../shared/contract/queues.ts';
import type { CustomerId, TicketId } from '../../../../shared/model/ids.ts';
import type { DepartmentScope } from '../../domain/actor.ts';
import type { SearchHits } from '../search/searcher.ts';
import type { SuggestQuery } from '../search/suggester.ts';
import type { SlowQuery } from '../slowQueries.ts';

/** What the worker is asked, one at a time. */
export type ReaderRequest =
  | { readonly kind: 'search'; readonly scope: DepartmentScope; readonly input: SearchInput }
  | { readonly kind: 'suggest'; readonly scope: DepartmentScope; readonly input: SuggestQuery }
  | { readonly kind: 'customer_contents'; readonly customerId: CustomerId }
  | { readonly kind: 'checkpoint' };

export type ReaderAnswer =
  | { readonly kind: 'search'; readonly hits: SearchHits }
  | { readonly kind: 'suggest'; readonly ids: TicketId[] }
  | { readonly kind: 'customer_contents'; readonly contents: CustomerContents }
  | { readonly kind: 'checkpoint' }
  | { readonly kind: 'failed'; readonly message: string; readonly code: string };

/** What the worker says without being asked: it has no log of its own. */
export interface SlowReport {
  readonly kind: 'slow';
  readonly query: SlowQuery;
}

export interface ReaderWorkerData {
  readonly file: string;
}
