import type { Permission } from '../../../shared/contract/desk.ts';
import type { CustomerId, DepartmentId, StaffId, TokenId } from '../../../shared/model/ids.ts';
import type { StaffRole } from '../../../shared/model/ticket.ts';

/** Departments someone may see; 'all' for admins, tokens and the system. */
export type DepartmentScope = 'all' | readonly DepartmentId[];

/** Who acts. Every service call takes one; the log and the permissions read it. */
export type Actor =
  | {
      readonly kind: 'staff';
      readonly staffId: StaffId;
      readonly name: string;
      readonly role: StaffRole;
      readonly scope: DepartmentScope;
    }
  | {
      readonly kind: 'token';
      readonly tokenId: TokenId;
      readonly name: string;
      readonly permissions: readonly Permission[];
      /** The only staff member in whose name it may write; null = any. */
      readonly boundTo: StaffId | null;
    }
  | { readonly kind: 'customer'; readonly customerId: CustomerId; readonly name: string }
  | { readonly kind: 'system'; readonly name: string };

export type StaffActor = Extract<Actor, { kind: 'staff' }>;

/** Who calls the HelpDeskZ API: a program with a token, or a staff member whose client signed in (Bearer). */
export type ApiActor =
  | Extract<Actor, { kind: 'token' }>
  | (StaffActor & { readonly permissions: readonly Permission[]; readonly boundTo: StaffId });

export function canSeeDepartment(scope: DepartmentScope, departmentId: DepartmentId): boolean {
  return scope === 'all' || scope.includes(departmentId);
}
