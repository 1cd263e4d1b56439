import { Field } from './Field.tsx';
import { Input } from './Input.tsx';

type Account = { name: string; email: string; username: string };

/** Who an account belongs to: one's own in the wizard, a colleague's in Setup. */
export function AccountFields({
  values,
  errors,
  set,
  isOwn,
}: {
  values: Account;
  errors: Partial<Record<keyof Account, string>>;
  set: (changed: Partial<Account>) => void;
  isOwn: boolean;
}) {
  return (
    <>
      <Field label={isOwn ? 'Your name' : 'Name'} help="As customers see it." error={errors.name}>
        <Input
          autoFocus
          value={values.name}
          autoComplete={isOwn ? 'name' : 'off'}
          onChange={(event) => set({ name: event.target.value })}
        />
      </Field>
      <Field label="E-mail" error={errors.email}>
        <Input
          type="email"
          value={values.email}
          autoComplete={isOwn ? 'email' : 'off'}
          onChange={(event) => set({ email: event.target.value })}
        />
      </Field>
      <Field
        label="User name"
        help={isOwn ? 'You sign in with this.' : 'They sign in with this.'}
        error={errors.username}
      >
        <Input
          value={values.username}
          autoComplete={isOwn ? 'username' : 'off'}
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => set({ username: event.target.value })}
        />
      </Field>
    </>
  );
}
