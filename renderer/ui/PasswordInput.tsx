import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { IconButton } from './IconButton.tsx';
import { Input } from './Input.tsx';

/** A password, with a look at what was typed. */
export function PasswordInput(props: Omit<ComponentProps<'input'>, 'type'>) {
  const [isShown, setShown] = useState(false);
  return (
    <div className="relative">
      <Input {...props} type={isShown ? 'text' : 'password'} spellCheck={false} className="pr-9" />
      <IconButton
        icon={isShown ? EyeOff : Eye}
        label={isShown ? 'Hide the password' : 'Show the password'}
        size="small"
        onClick={() => setShown(!isShown)}
        className="absolute top-1 right-1"
      />
    </div>
  );
}
