import { useMutation, useQuery } from '@tanstack/react-query';
import type { StaffRecord } from '../../../../shared/contract/people.ts';
import { queryClient, trpc } from '../../../api/client.ts';
import { useViewer } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button } from '../../../ui/index.ts';
import { showToast } from '../../toasts/index.ts';
import { Act } from '../Act.tsx';
import { SessionList } from '../SessionList.tsx';
import { PasswordAct } from './PasswordAct.tsx';
import { useRefreshStaff } from './refreshStaff.ts';

const onError = (error: unknown) => showToast({ text: toAppError(error).message, tone: 'danger' });

function SecondFactorAct({ staff }: { staff: StaffRecord }) {
  const refresh = useRefreshStaff();
  const drop = useMutation(
    trpc.staff.dropSecondFactor.mutationOptions({ onSuccess: ({ staff: saved }) => refresh(saved), onError }),
  );
  if (!staff.hasSecondFactor) {
    return (
      <Act title="Two-step sign-in" help="Off. Everyone switches it on for themselves, in their profile.">
        {null}
      </Act>
    );
  }
  return (
    <Act title="Two-step sign-in" help="On. Switch it off for someone who lost their phone.">
      <Button isBusy={drop.isPending} onClick={() => drop.mutate({ staffId: staff.id })}>
        Switch off
      </Button>
    </Act>
  );
}

function ActiveAct({ staff }: { staff: StaffRecord }) {
  const refresh = useRefreshStaff();
  const { mutate, isPending } = useMutation(
    trpc.staff.setActive.mutationOptions({ onSuccess: ({ staff: saved }) => refresh(saved), onError }),
  );
  const { id: staffId, isActive } = staff;
  return (
    <Act
      title={isActive ? 'Account is active' : 'Account is switched off'}
      help={
        isActive
          ? 'Switched off, they are signed out at once; what they wrote stays.'
          : 'They can’t sign in. Their tickets and messages keep their name.'
      }
    >
      <Button isBusy={isPending} onClick={() => mutate({ staffId, isActive: !isActive })}>
        {isActive ? 'Switch off' : 'Switch on'}
      </Button>
    </Act>
  );
}

function Sessions({ staff }: { staff: StaffRecord }) {
  const { data } = useQuery({
    ...trpc.staff.sessions.queryOptions({ staffId: staff.id }),
    refetchOnMount: 'always',
  });
  const end = useMutation(
    trpc.staff.endSession.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.staff.sessions.queryKey() }),
      onError,
    }),
  );
  return (
    <section className="flex flex-col gap-2">
      <h4 className="font-medium">Signed in at</h4>
      <SessionList
        sessions={data?.sessions}
        onEnd={(sessionId) => end.mutate({ staffId: staff.id, sessionId })}
      />
    </section>
  );
}

/** Password, second factor, on and off, and where someone is signed in. One's own are in the profile. */
export function StaffAccess({ staff }: { staff: StaffRecord }) {
  const isOwn = useViewer()?.staff.id === staff.id;
  if (isOwn) {
    return (
      <p className="text-faint">
        This is you. Your password, two-step sign-in and sessions are in Setup → Profile; another
        administrator can switch your account off.
      </p>
    );
  }
  return (
    <>
      <section aria-label="Access" className="divide-y divide-line rounded-md border border-line">
        <PasswordAct staff={staff} />
        <SecondFactorAct staff={staff} />
        <ActiveAct staff={staff} />
      </section>
      <Sessions staff={staff} />
    </>
  );
}
