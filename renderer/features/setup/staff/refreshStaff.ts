import { useQueryClient } from '@tanstack/react-query';
import type { StaffRecord } from '../../../../shared/contract/people.ts';
import { trpc } from '../../../api/client.ts';

/** Puts an answered record into the list at once; the event that follows fetches the rest. */
export function useRefreshStaff(): (saved: StaffRecord) => Promise<void> {
  const client = useQueryClient();
  return async (saved) => {
    client.setQueryData(trpc.staff.records.queryKey(), (known) =>
      known ? { staff: known.staff.map((one) => (one.id === saved.id ? saved : one)) } : known,
    );
    await client.invalidateQueries({ queryKey: trpc.staff.sessions.queryKey({ staffId: saved.id }) });
  };
}
