import { classes } from '../../ui/index.ts';
import { STEPS, type Step } from './firstRunForm.ts';

/** Where one is in the steps. */
export function StepMarks({ step }: { step: Step }) {
  const at = STEPS.indexOf(step);
  return (
    <div className="flex items-center gap-2 text-faint text-small tabular-nums">
      <span>
        Step {at + 1} of {STEPS.length}
      </span>
      <span aria-hidden="true" className="flex gap-1">
        {STEPS.map((name, index) => (
          <span
            key={name}
            className={classes('h-1 w-4 rounded-full', index <= at ? 'bg-accent' : 'bg-line-strong')}
          />
        ))}
      </span>
    </div>
  );
}
