import { ChevronsUpDown } from 'lucide-react';
import { useMemo, useState } from 'react';
import { classes } from './classes.ts';
import { useField } from './Field.tsx';
import { Icon } from './Icon.tsx';
import { controlLook } from './Input.tsx';
import { PickList } from './PickList.tsx';
import { allTimeZones, timeZoneLabel } from './timeZones.ts';
import { useNow } from './useNow.ts';

/** One of several hundred time zones, found by typing. Inside a Field it takes the label's id. */
export function TimeZoneField({ value, onChange }: { value: string; onChange: (zone: string) => void }) {
  const field = useField();
  const [isOpen, setOpen] = useState(false);
  const now = useNow();
  const items = useMemo(
    () =>
      isOpen
        ? allTimeZones().map((zone) => ({
            id: zone,
            label: timeZoneLabel(zone, now),
            isChecked: zone === value,
          }))
        : [],
    [isOpen, now, value],
  );
  return (
    <>
      <button
        type="button"
        id={field?.id}
        aria-describedby={field?.describedBy}
        aria-invalid={field?.isInvalid || undefined}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className={classes(controlLook, 'flex h-8 items-center justify-between gap-2 text-left')}
      >
        <span className="min-w-0 truncate">{timeZoneLabel(value, now)}</span>
        <Icon of={ChevronsUpDown} size={14} className="text-faint" />
      </button>
      <PickList
        open={isOpen}
        onOpenChange={setOpen}
        title="Time zone"
        placeholder="City or region"
        items={items}
        onPick={onChange}
      />
    </>
  );
}
