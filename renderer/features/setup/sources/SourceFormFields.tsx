import { useDepartments } from '../../../api/desk.ts';
import {
  Button,
  Checkbox,
  Field,
  Input,
  Notice,
  PasswordInput,
  Select,
  TextArea,
} from '../../../ui/index.ts';
import {
  KEYS,
  KINDS,
  MATCHES,
  needsHttpAllowed,
  type SourceErrors,
  type SourceValues,
} from './sourceForm.ts';

type Props = {
  values: SourceValues;
  errors: SourceErrors;
  set: (changed: Partial<SourceValues>) => void;
};

function KeyField({ values, errors, set }: Props) {
  const { label, help, isOptional } = KEYS[values.kind];
  if (values.key === null) {
    return (
      <div className="flex items-center justify-between gap-3 rounded-md border border-line px-3 py-2">
        <span>
          {label}: kept, and not shown again
          {errors.key && <span className="block text-danger-ink text-small">{errors.key}</span>}
        </span>
        <Button size="small" onClick={() => set({ key: '' })}>
          Replace
        </Button>
      </div>
    );
  }
  return (
    <Field label={label} help={help} isOptional={isOptional} error={errors.key}>
      <PasswordInput
        value={values.key}
        autoComplete="off"
        onChange={(event) => set({ key: event.target.value })}
      />
    </Field>
  );
}

function UrlField({ values, errors, set }: Props) {
  return (
    <>
      <Field
        label="Address"
        help="Where its own sign-in page is, like https://help.example.com"
        error={errors.url}
      >
        <Input
          type="url"
          value={values.url}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => set({ url: event.target.value })}
        />
      </Field>
      {(needsHttpAllowed(values) || values.allowsHttp) && (
        <Checkbox
          checked={values.allowsHttp}
          onCheckedChange={(allowsHttp) => set({ allowsHttp })}
          label="Allow plain http"
          help="Everyone on the way can read the passwords. For a network that you alone use."
        />
      )}
    </>
  );
}

function Creation({ values, errors, set }: Props) {
  const departments = useDepartments();
  const { createsStaff, departmentIds } = values;
  const tick = (id: (typeof departmentIds)[number], isTicked: boolean) =>
    set({ departmentIds: isTicked ? [...departmentIds, id] : departmentIds.filter((one) => one !== id) });
  return (
    <>
      <Checkbox
        checked={createsStaff}
        onCheckedChange={(next) => set({ createsStaff: next })}
        label="Add whoever is not here yet"
        help="As an agent of the departments you tick. Everyone with an account there gets in."
      />
      {createsStaff && (
        <fieldset className="flex flex-col gap-2 pl-6.5">
          <legend className="sr-only">Departments of new agents</legend>
          {departments.map(({ id, name }) => (
            <Checkbox
              key={id}
              label={name}
              checked={departmentIds.includes(id)}
              onCheckedChange={(isTicked) => tick(id, isTicked)}
            />
          ))}
          {errors.departmentIds && <Notice tone="danger">{errors.departmentIds}</Notice>}
        </fieldset>
      )}
    </>
  );
}

/** Which system it is, how it is reached, and whose account here is whose there. */
export function SourceFormFields(props: Props) {
  const { values, errors, set } = props;
  return (
    <>
      <Field label="System">
        <Select
          value={values.kind}
          onValueChange={(kind) =>
            set({ kind: KINDS.find(({ value }) => value === kind)?.value ?? 'helpdeskz' })
          }
          options={KINDS}
        />
      </Field>
      <Field label="Name" help="The sign-in screen shows it." error={errors.name}>
        <Input
          autoFocus
          value={values.name}
          autoComplete="off"
          maxLength={60}
          onChange={(event) => set({ name: event.target.value })}
        />
      </Field>
      <UrlField {...props} />
      <KeyField {...props} />
      <Field
        label="Certificate of its authority"
        help="Only where the server’s certificate is your own authority’s: PEM text. It is always checked."
        isOptional
        error={errors.ca}
      >
        <TextArea
          value={values.ca}
          spellCheck={false}
          rows={3}
          className="font-mono text-small"
          onChange={(event) => set({ ca: event.target.value })}
        />
      </Field>
      <Field
        label="Matched by"
        help="Somebody there is whoever has the same one here. Whoever runs that system can then sign in as anyone it matches."
      >
        <Select
          value={values.matchBy}
          onValueChange={(match) => set({ matchBy: match === 'username' ? 'username' : 'email' })}
          options={MATCHES}
        />
      </Field>
      <Creation {...props} />
    </>
  );
}
