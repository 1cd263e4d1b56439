import type { ReactNode } from 'react';
import { useUi } from '../../stores/index.ts';
import { Checkbox, Segmented } from '../../ui/index.ts';

const THEMES = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;
const DENSITIES = [
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'compact', label: 'Compact' },
] as const;

function Choice({ label, help, children }: { label: string; help: string; children: ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-1.5">
      <p className="font-medium">{label}</p>
      {children}
      <p className="text-faint text-small">{help}</p>
    </div>
  );
}

/** How the window looks on this machine; each choice acts at once. */
export function AppearanceSection() {
  const { theme, density, singleKeys, set } = useUi();
  return (
    <div className="flex flex-col gap-6">
      <Choice label="Theme" help="For this window only; colleagues choose their own.">
        <Segmented
          label="Theme"
          value={theme}
          onValueChange={(next) => set({ theme: next })}
          segments={THEMES}
        />
      </Choice>
      <Choice label="Rows of the list" help="Compact rows show one line each and twice as many tickets.">
        <Segmented
          label="Rows of the list"
          value={density}
          onValueChange={(next) => set({ density: next })}
          segments={DENSITIES}
        />
      </Choice>
      <Checkbox
        checked={singleKeys}
        onCheckedChange={(checked) => set({ singleKeys: checked })}
        label="Single letters are shortcuts"
        help="Switch off when you dictate or use a switch device. Shortcuts with Ctrl or ⌘ stay."
      />
    </div>
  );
}
