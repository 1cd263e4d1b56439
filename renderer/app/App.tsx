import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { appErrorOf } from '../../shared/contract/errors.ts';
import type { SystemStatus, UpgradePlan } from '../../shared/contract/system.ts';
import { assertNever } from '../../shared/util/assertNever.ts';
import { queryClient, trpc, watchForSignOut } from '../api/client.ts';
import { toAppError } from '../api/errors.ts';
import { startEvents } from '../api/events.ts';
import { keepFresh } from '../api/freshness.ts';
import { FirstRunScreen } from '../features/firstRun/index.ts';
import { ResetPasswordScreen, useResetLink } from '../features/resetPassword/index.ts';
import { SignInScreen } from '../features/signIn/index.ts';
import { ToastViewport } from '../features/toasts/index.ts';
import { UpgradeDoneScreen, UpgradeScreen } from '../features/upgrade/index.ts';
import { attachWorkspace } from '../stores/index.ts';
import { ErrorState, Spinner, TooltipProvider } from '../ui/index.ts';
import { focusFirstWrong } from './focusFirstWrong.ts';
import { listenForKeys } from './keyboard.ts';
import { useTheme } from './useTheme.ts';
import { Workspace } from './Workspace.tsx';

/** The whole window. */
export function App() {
  useTheme();
  useEffect(() => listenForKeys(document), []);
  useEffect(() => focusFirstWrong(document), []);
  useEffect(() => watchForSignOut(), []);
  return (
    <QueryClientProvider client={queryClient}>
      <TooltipProvider>
        <ChooseScreen />
        <ToastViewport />
      </TooltipProvider>
    </QueryClientProvider>
  );
}

/** While the desk opens or upgrades nobody is signed in to hear events: ask again. */
const STATUS_POLL_MS = 1000;
const isSettling = (status: SystemStatus | undefined) => status?.state === 'upgrading';

/** The upgrade this window has watched: its result is shown until somebody has read it. */
function useWatchedUpgrade(status: SystemStatus | undefined): [UpgradePlan | null, () => void] {
  const [plan, setPlan] = useState<UpgradePlan | null>(null);
  const current = status?.upgrade ?? null;
  useEffect(() => {
    if (current) setPlan(current);
  }, [current]);
  return [plan, () => setPlan(null)];
}

/** Which screen comes first: the desk's state decides, then who is signed in. */
function ChooseScreen() {
  const status = useQuery(
    trpc.system.status.queryOptions(undefined, {
      refetchInterval: ({ state }) => (state.error || isSettling(state.data) ? STATUS_POLL_MS : false),
    }),
  );
  const [upgrade, closeUpgrade] = useWatchedUpgrade(status.data);
  if (!status.data) {
    return status.error ? (
      <ErrorState error={toAppError(status.error)} onRetry={() => void status.refetch()} />
    ) : (
      <Waiting />
    );
  }
  const { state, error } = status.data;
  switch (state) {
    case 'needs_setup':
      return <FirstRunScreen />;
    case 'needs_upgrade':
    case 'upgrading':
      return <UpgradeScreen />;
    case 'failed':
      return <ErrorState error={error ?? appErrorOf('internal')} onRetry={() => void status.refetch()} />;
    case 'ready':
      if (upgrade) return <UpgradeDoneScreen status={status.data} plan={upgrade} onContinue={closeUpgrade} />;
      return <ReadyDesk workspaceId={status.data.workspaceId} />;
    default:
      return assertNever(state);
  }
}

function ReadyDesk({ workspaceId }: { workspaceId: string }) {
  const me = useQuery(trpc.session.me.queryOptions());
  const reset = useResetLink();
  const [attached, setAttached] = useState<string | null>(null);
  useEffect(() => {
    void attachWorkspace(workspaceId).then(() => setAttached(workspaceId));
  }, [workspaceId]);
  const staffId = me.data?.viewer?.staff.id ?? null;
  useEffect(() => {
    if (staffId === null) return;
    const stopFreshness = keepFresh();
    const stopEvents = startEvents(workspaceId);
    return () => {
      stopEvents();
      stopFreshness();
    };
  }, [staffId, workspaceId]);
  if (reset.secret !== null) {
    return (
      <ResetPasswordScreen
        key={reset.secret}
        secret={reset.secret}
        onSecret={reset.set}
        onClose={() => reset.set(null)}
      />
    );
  }
  if (!me.data) {
    return me.error ? (
      <ErrorState error={toAppError(me.error)} onRetry={() => void me.refetch()} />
    ) : (
      <Waiting />
    );
  }
  if (me.data.viewer === null) return <SignInScreen onForgot={() => reset.set('')} />;
  return attached === workspaceId ? <Workspace key={me.data.viewer.staff.id} /> : <Waiting />;
}

function Waiting() {
  return (
    <div className="grid h-full place-items-center">
      <Spinner label="Opening the desk" size={20} />
    </div>
  );
}
