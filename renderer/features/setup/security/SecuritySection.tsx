import { useQuery } from '@tanstack/react-query';
import { trpc } from '../../../api/client.ts';
import { useViewer } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import { ErrorState, Notice, Skeleton } from '../../../ui/index.ts';
import { Part } from '../Part.tsx';
import { SignInLog } from '../staff/SignInLog.tsx';
import { LockoutList } from './LockoutList.tsx';
import { SecurityForm } from './SecurityForm.tsx';

/** Who of the active staff signs in with the password alone. */
function SecondFactors() {
  const { data } = useQuery(trpc.staff.records.queryOptions());
  if (!data) return <Skeleton className="h-10" />;
  const active = data.staff.filter(({ isActive }) => isActive);
  const without = active.filter(({ hasSecondFactor }) => !hasSecondFactor).map(({ name }) => name);
  return (
    <p className="text-soft">
      {without.length === 0
        ? 'Everyone who is active has it on.'
        : `${active.length - without.length} of ${active.length} active staff have it on. Not yet: ${without.join(', ')}.`}{' '}
      Everyone switches it on for themselves, in their profile.
    </p>
  );
}

function Parts() {
  const { data, error, refetch } = useQuery(trpc.settings.get.queryOptions());
  if (error) return <ErrorState error={toAppError(error)} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-80" />;
  return (
    <div className="flex flex-col gap-8">
      <SecurityForm saved={data} />
      <Part title="Locked out now">
        <LockoutList />
      </Part>
      <Part title="Two-step sign-in">
        <SecondFactors />
      </Part>
      <Part title="The last 100 sign-ins">
        <SignInLog staffId={null} />
      </Part>
    </div>
  );
}

/** The rules of signing in, who is locked out, and who signed in. */
export function SecuritySection() {
  const isAdmin = useViewer()?.staff.role === 'admin';
  return isAdmin ? <Parts /> : <Notice>Only administrators see and change how people sign in.</Notice>;
}
