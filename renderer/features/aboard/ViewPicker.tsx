import { useId } from 'react';
import { Checkbox } from '../../ui/index.ts';
import type { ViewChoice } from './useViewChoices.ts';

/** A group of views to tick, each with its number of tickets. */
export function ViewPicker({
  title,
  choices,
  chosen,
  onToggle,
}: {
  title: string;
  choices: readonly ViewChoice[];
  chosen: ReadonlySet<string>;
  onToggle: (key: string, isChosen: boolean) => void;
}) {
  const id = useId();
  if (choices.length === 0) return null;
  return (
    <fieldset aria-labelledby={id} className="min-w-0">
      <legend id={id} className="pb-2 font-medium text-faint text-small">
        {title}
      </legend>
      <div className="flex flex-col gap-2">
        {choices.map(({ key, name, count }) => (
          <Checkbox
            key={key}
            checked={chosen.has(key)}
            onCheckedChange={(isChosen) => onToggle(key, isChosen)}
            label={
              <>
                {name} <span className="text-faint text-small tabular-nums">{count}</span>
              </>
            }
          />
        ))}
      </div>
    </fieldset>
  );
}
