import type { AppError } from '../../../shared/contract/errors.ts';
import { queryClient, trpc } from '../../api/client.ts';
import { Button, Screen } from '../../ui/index.ts';

/** Somebody set the desk up meanwhile: nothing was changed, and here is the way in. */
export function AlreadyInstalled({ error }: { error: AppError }) {
  const signIn = () => void queryClient.invalidateQueries({ queryKey: trpc.system.status.queryKey() });
  return (
    <Screen title="This desk is already set up" lead={error.message}>
      <p className="text-soft">Nothing was changed. If you have an account on it, sign in.</p>
      <Button variant="primary" className="mt-6" onClick={signIn}>
        Go to sign in
      </Button>
    </Screen>
  );
}
