import type { ReactNode } from 'react';
import { useSyncStatus } from '../../api/desk.ts';

/** Controls that change what belongs to the server: off in a remote workspace, where the core would refuse as well. */
export function ServerOwned({ children }: { children: ReactNode }) {
  const isRemote = useSyncStatus() !== null;
  return (
    <fieldset disabled={isRemote} className="contents">
      {children}
    </fieldset>
  );
}
