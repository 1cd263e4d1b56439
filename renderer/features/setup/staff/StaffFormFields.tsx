import type { StaffFields } from '../../../../shared/contract/people.ts';
import { useDepartments } from '../../../api/desk.ts';
import { AccountFields, Checkbox, Field, Notice, Select } from '../../../ui/index.ts';
import type { StaffErrors } from './staffForm.ts';

const ROLES = [
  { value: 'agent', label: 'Agent: tickets of their departments' },
  { value: 'admin', label: 'Administrator: everything' },
] as const;

type Props = { values: StaffFields; errors: StaffErrors; set: (changed: Partial<StaffFields>) => void };

function DepartmentTicks({ values, errors, set }: Props) {
  const departments = useDepartments();
  if (values.role === 'admin') return null;
  const { departmentIds } = values;
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium">Departments</legend>
      {departments.map(({ id, name }) => (
        <Checkbox
          key={id}
          label={name}
          checked={departmentIds.includes(id)}
          onCheckedChange={(isTicked) =>
            set({
              departmentIds: isTicked ? [...departmentIds, id] : departmentIds.filter((one) => one !== id),
            })
          }
        />
      ))}
      {errors.departmentIds && <Notice tone="danger">{errors.departmentIds}</Notice>}
      <p className="text-faint text-small">
        {departmentIds.length === 0
          ? 'Without a department this account sees no ticket.'
          : 'Nothing else shows: not in lists, not in searches, not in counts.'}
      </p>
    </fieldset>
  );
}

/** Who a colleague is and what they see. */
export function StaffFormFields(props: Props) {
  const { values, errors, set } = props;
  return (
    <>
      <AccountFields values={values} errors={errors} set={set} isOwn={false} />
      <Field label="Role" error={errors.role}>
        <Select
          value={values.role}
          onValueChange={(role) => set({ role: role === 'admin' ? 'admin' : 'agent' })}
          options={ROLES}
        />
      </Field>
      <DepartmentTicks {...props} />
    </>
  );
}
