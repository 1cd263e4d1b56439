import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { StaffRecord } from '../../../../shared/contract/people.ts';
import type { StaffId } from '../../../../shared/model/ids.ts';
import { trpc } from '../../../api/client.ts';
import { useViewer } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, ErrorState, Notice, Skeleton } from '../../../ui/index.ts';
import { ServerOwned } from '../ServerOwned.tsx';
import { SubPage } from '../SubPage.tsx';
import { EditStaff } from './EditStaff.tsx';
import { type MadeStaff, NewStaff } from './NewStaff.tsx';
import { ShownOnce } from './ShownOnce.tsx';
import { SignInLog } from './SignInLog.tsx';
import { StaffAccess } from './StaffAccess.tsx';
import { StaffList } from './StaffList.tsx';

type ListView = { kind: 'list'; made: MadeStaff | null; from: View | null };
type View = ListView | { kind: 'new' } | { kind: 'one'; id: StaffId } | { kind: 'log' };
const LIST: ListView = { kind: 'list', made: null, from: null };

function OnePage({ staff, onBack }: { staff: StaffRecord; onBack: () => void }) {
  return (
    <SubPage back="All staff" title={staff.name} onBack={onBack}>
      <ServerOwned>
        <EditStaff key={staff.id} staff={staff} />
        <StaffAccess staff={staff} />
      </ServerOwned>
      <section className="flex flex-col gap-2">
        <h4 className="font-medium">Sign-ins</h4>
        <SignInLog staffId={staff.id} />
      </section>
    </SubPage>
  );
}

function Made({ made, onDone }: { made: MadeStaff; onDone: () => void }) {
  if (made.password !== null) {
    return (
      <ShownOnce
        title={`${made.name} can sign in as ${made.username}`}
        label="Password"
        value={made.password}
        help="Shown this once: only a hash of it is kept. Hand it over now."
        onDone={onDone}
      />
    );
  }
  return (
    <p role="status" className="text-soft">
      {made.name} can sign in as {made.username}.
    </p>
  );
}

function ListPage({
  staff,
  made,
  from,
  show,
}: {
  staff: readonly StaffRecord[];
  made: MadeStaff | null;
  /** What was open just now: the focus returns to where it was opened. */
  from: View | null;
  show: (view: View) => void;
}) {
  return (
    <div className="flex flex-col gap-5">
      {made && <Made made={made} onDone={() => show(LIST)} />}
      <div className="flex gap-2">
        <ServerOwned>
          <Button
            variant="primary"
            icon={UserPlus}
            autoFocus={from?.kind === 'new' && made?.password == null}
            onClick={() => show({ kind: 'new' })}
          >
            Add a staff member
          </Button>
        </ServerOwned>
        <Button autoFocus={from?.kind === 'log'} onClick={() => show({ kind: 'log' })}>
          Sign-in log
        </Button>
      </div>
      <StaffList
        staff={staff}
        focusId={from?.kind === 'one' ? from.id : null}
        onOpen={(id) => show({ kind: 'one', id })}
      />
    </div>
  );
}

function StaffPages() {
  const [view, show] = useState<View>(LIST);
  const { data, error, refetch } = useQuery({
    ...trpc.staff.records.queryOptions(),
    refetchOnMount: 'always',
  });
  const back = () => show({ kind: 'list', made: null, from: view });
  if (error) return <ErrorState error={toAppError(error)} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-60" />;
  if (view.kind === 'new')
    return <NewStaff onMade={(made) => show({ kind: 'list', made, from: view })} onCancel={back} />;
  if (view.kind === 'log') {
    return (
      <SubPage back="All staff" title="The last 100 sign-ins" onBack={back}>
        <SignInLog staffId={null} />
      </SubPage>
    );
  }
  const one = view.kind === 'one' ? data.staff.find(({ id }) => id === view.id) : undefined;
  if (one) return <OnePage staff={one} onBack={back} />;
  const { made, from } = view.kind === 'list' ? view : LIST;
  return <ListPage staff={data.staff} made={made} from={from} show={show} />;
}

/** Who works here, what they see and how they sign in. */
export function StaffSection() {
  const isAdmin = useViewer()?.staff.role === 'admin';
  return isAdmin ? <StaffPages /> : <Notice>Only administrators see and change the staff.</Notice>;
}
