import { useQuery } from '@tanstack/react-query';
import { Check, X } from 'lucide-react';
import type { SignInRecord } from '../../../../shared/contract/people.ts';
import type { StaffId } from '../../../../shared/model/ids.ts';
import { trpc } from '../../../api/client.ts';
import { useViewer } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import { ErrorState, exactTime, Icon, Skeleton } from '../../../ui/index.ts';
import { browserName } from '../browserName.ts';

const cell = 'px-2.5 py-1.5 text-left align-top';

function outcomeText({ succeeded, usedRecoveryCode }: SignInRecord): string {
  if (!succeeded) return 'refused';
  return usedRecoveryCode ? 'signed in, recovery code' : 'signed in';
}

function SignInRow({ signIn, timeZone }: { signIn: SignInRecord; timeZone: string | undefined }) {
  return (
    <tr className="border-line border-t">
      <td className={`${cell} whitespace-nowrap tabular-nums`}>{exactTime(signIn.createdAt, timeZone)}</td>
      <td className={cell}>{signIn.username || <span className="text-faint">unknown name</span>}</td>
      <td className={cell}>
        <span className="flex items-center gap-1.5 whitespace-nowrap">
          <Icon
            of={signIn.succeeded ? Check : X}
            size={14}
            className={signIn.succeeded ? '' : 'text-danger-ink'}
          />
          {outcomeText(signIn)}
        </span>
      </td>
      <td className={`${cell} text-faint`} title={signIn.userAgent}>
        {signIn.address}, {browserName(signIn.userAgent)}
      </td>
    </tr>
  );
}

/** The last hundred sign-ins, refused ones too; of everyone, or of one. */
export function SignInLog({ staffId }: { staffId: StaffId | null }) {
  const timeZone = useViewer()?.timeZone;
  const { data, error, refetch } = useQuery({
    ...trpc.staff.signIns.queryOptions({ staffId }),
    refetchOnMount: 'always',
  });
  if (error) return <ErrorState error={toAppError(error)} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-24" />;
  if (data.signIns.length === 0) return <p className="text-faint">Nobody signed in yet.</p>;
  return (
    <div className="rounded-md border border-line">
      <table aria-label="Sign-in log" className="w-full text-small">
        <thead>
          <tr className="text-faint">
            {['Time', 'User name', 'Outcome', 'From'].map((title) => (
              <th key={title} scope="col" className={`${cell} font-medium`}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.signIns.map((signIn) => (
            <SignInRow key={signIn.id} signIn={signIn} timeZone={timeZone} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
