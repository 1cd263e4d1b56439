import { useId } from 'react';
import type { Permission } from '../../../../shared/contract/desk.ts';
import { Button, Checkbox, FieldError } from '../../../ui/index.ts';
import {
  ACTIONS,
  isSameChoice,
  PRESETS,
  permissionAt,
  RESOURCES,
  resourceTick,
  withPermission,
  withResource,
} from './permissionGrid.ts';

type Chosen = readonly Permission[];
type Choice = { chosen: Chosen; onChange: (chosen: Permission[]) => void };

function Presets({ chosen, onChange }: Choice) {
  return (
    <div className="flex flex-wrap gap-1.5">
      {PRESETS.map(({ title, permissions }) => (
        <Button
          key={title}
          size="small"
          aria-pressed={isSameChoice(chosen, permissions)}
          onClick={() => onChange([...permissions])}
          className="aria-pressed:border-accent aria-pressed:text-accent-ink"
        >
          {title}
        </Button>
      ))}
    </div>
  );
}

function Row({ resource, chosen, onChange }: Choice & { resource: (typeof RESOURCES)[number] }) {
  return (
    <tr className="border-line border-t">
      <th scope="row" className="py-1.5 pr-2 text-left font-normal">
        <Checkbox
          label={resource.title}
          checked={resourceTick(chosen, resource.key)}
          onCheckedChange={(isOn) => onChange(withResource(chosen, resource.key, isOn))}
        />
      </th>
      {ACTIONS.map((action) => {
        const name = permissionAt(resource.key, action.key);
        return (
          <td key={action.key} className="px-1 py-1.5">
            {name && (
              <Checkbox
                isLabelHidden
                label={`${resource.title}: ${action.title}`}
                checked={chosen.includes(name)}
                onCheckedChange={(isOn) => onChange(withPermission(chosen, name, isOn))}
                className="justify-center"
              />
            )}
          </td>
        );
      })}
    </tr>
  );
}

/** What a token may do: presets, rows to tick as a whole, a tick for each of the 19 permissions. */
export function PermissionGrid({ chosen, onChange, error }: Choice & { error: string | undefined }) {
  const id = useId();
  return (
    <fieldset className="flex min-w-0 flex-col gap-2" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1.5 font-medium">What it may do</legend>
      <Presets chosen={chosen} onChange={onChange} />
      <table className="w-full table-fixed border-line border-y text-small">
        <thead>
          <tr className="text-soft">
            <th scope="col" className="w-32 py-1.5 text-left font-medium">
              Of the desk’s
            </th>
            {ACTIONS.map(({ key, title }) => (
              <th key={key} scope="col" className="px-1 py-1.5 text-center font-medium">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {RESOURCES.map((resource) => (
            <Row key={resource.key} resource={resource} chosen={chosen} onChange={onChange} />
          ))}
        </tbody>
      </table>
      <FieldError id={`${id}-error`} error={error} />
    </fieldset>
  );
}
