import { Plus, X } from 'lucide-react';
import { useRef } from 'react';
import { flushSync } from 'react-dom';
import { LIMITS } from '../../../shared/limits.ts';
import { Button, IconButton, Input, Notice } from '../../ui/index.ts';

/** The first departments: change, remove, add. */
export function DepartmentsField({
  names,
  error,
  onChange,
}: {
  names: readonly string[];
  error: string | undefined;
  onChange: (names: readonly string[]) => void;
}) {
  const list = useRef<HTMLUListElement>(null);
  const set = (index: number, name: string) => onChange(names.map((old, at) => (at === index ? name : old)));
  const add = () => {
    flushSync(() => onChange([...names, '']));
    list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus();
  };
  return (
    <div className="flex flex-col gap-3">
      <ul ref={list} aria-label="Departments" className="flex flex-col gap-2">
        {names.map((name, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place; names may repeat while typing
          <li key={index} className="flex items-center gap-1.5">
            <Input
              aria-label={`Department ${index + 1}`}
              value={name}
              maxLength={LIMITS.departmentNameLength}
              placeholder="Name"
              onChange={(event) => set(index, event.target.value)}
            />
            <IconButton
              icon={X}
              label={`Remove ${name || 'this department'}`}
              disabled={names.length === 1}
              onClick={() => onChange(names.filter((_, at) => at !== index))}
            />
          </li>
        ))}
      </ul>
      <Button size="small" icon={Plus} onClick={add} className="self-start">
        Add a department
      </Button>
      {error && <Notice tone="danger">{error}</Notice>}
    </div>
  );
}
