import type { Department } from '../../../../shared/contract/desk.ts';
import type { AppError } from '../../../../shared/contract/errors.ts';
import {
  type CreateStaffInput,
  createStaffInput,
  type StaffFields,
  type StaffRecord,
  staffFields,
} from '../../../../shared/contract/people.ts';

/** What one types about a colleague. The password is asked for new ones only. */
export type StaffValues = StaffFields & { isGenerated: boolean; password: string };
export type StaffErrors = Partial<Record<keyof StaffFields | 'password', string>>;

export const NEW_STAFF: StaffValues = {
  username: '',
  name: '',
  email: '',
  role: 'agent',
  departmentIds: [],
  isGenerated: true,
  password: '',
};

const SENTENCES: Record<keyof StaffErrors, string> = {
  username: 'Letters, digits, - and _ only, up to 50.',
  name: 'A name, as customers will see it.',
  email: 'This is not an e-mail address.',
  role: 'Choose one of the two.',
  departmentIds: 'Choose among the departments there are.',
  password: 'Too short. Take 8 characters or more.',
};

/** The fields of someone who exists, without departments that were deleted since. */
export function fieldsOf(staff: StaffRecord, departments: readonly Department[]): StaffFields {
  const { username, name, email, role } = staff;
  const departmentIds = staff.departmentIds.filter((id) => departments.some((one) => one.id === id));
  return { username, name, email, role, departmentIds };
}

export function isSameFields(a: StaffFields, b: StaffFields): boolean {
  const departmentsOf = ({ departmentIds }: StaffFields) => [...departmentIds].sort((x, y) => x - y).join();
  return (
    a.username === b.username &&
    a.name === b.name &&
    a.email === b.email &&
    a.role === b.role &&
    departmentsOf(a) === departmentsOf(b)
  );
}

type Checked<T> = { ok: true; input: T } | { ok: false; errors: StaffErrors };

function sentencesOf(issues: readonly { path: PropertyKey[] }[]): StaffErrors {
  const errors: StaffErrors = {};
  for (const { path } of issues) {
    const field = path[0] as keyof StaffErrors;
    errors[field] = SENTENCES[field];
  }
  return errors;
}

/** A new colleague, ready to be made, or what is wrong beside each field. */
export function checkNew({ isGenerated, password, ...fields }: StaffValues): Checked<CreateStaffInput> {
  const parsed = createStaffInput.safeParse({ ...fields, password: isGenerated ? null : password });
  return parsed.success
    ? { ok: true, input: parsed.data }
    : { ok: false, errors: sentencesOf(parsed.error.issues) };
}

export function checkFields(fields: StaffFields): Checked<StaffFields> {
  const parsed = staffFields.safeParse(fields);
  return parsed.success
    ? { ok: true, input: parsed.data }
    : { ok: false, errors: sentencesOf(parsed.error.issues) };
}

/** The core's refusal beside its field; null when it is about none of them. */
export function errorsOf(error: AppError): StaffErrors | null {
  const field = error.field?.split('.')[0] ?? '';
  if (!(field in SENTENCES)) return null;
  const key = field as keyof StaffErrors;
  return { [key]: error.code === 'invalid_input' ? SENTENCES[key] : error.message };
}

/** What someone sees, in few words. */
export function reachText(staff: StaffRecord, departments: readonly Department[]): string {
  if (staff.role === 'admin') return 'Every department';
  const names = departments.filter(({ id }) => staff.departmentIds.includes(id)).map(({ name }) => name);
  if (names.length === 0) return 'No department: sees no ticket';
  return names.length <= 3 ? names.join(', ') : `${names.length} departments`;
}
