import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiToken } from '../../../../shared/contract/desk.ts';
import { OVERLAP_HOURS, type RegenerateTokenInput } from '../../../../shared/contract/tokens.ts';
import { trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, Dialog, Field, Notice, Select } from '../../../ui/index.ts';
import type { NewToken } from './NewTokenPanel.tsx';
import { refreshTokens } from './useTokenForm.ts';

type Overlap = RegenerateTokenInput['overlapHours'];
const WORDS: Record<Overlap, string> = {
  0: 'Not at all: it stops at once',
  1: 'For one hour',
  24: 'For one day',
  168: 'For seven days',
};
const OPTIONS = OVERLAP_HOURS.map((hours) => ({ value: String(hours), label: WORDS[hours] }));

/** A new text for a token, while the old one works on for as long as it takes to change the scripts. */
export function RegenerateDialog({
  token,
  onMade,
  onClose,
}: {
  token: ApiToken;
  onMade: (made: NewToken) => void;
  onClose: () => void;
}) {
  const [overlapHours, setOverlap] = useState<Overlap>(24);
  const { mutate, isPending, error } = useMutation(
    trpc.tokens.regenerate.mutationOptions({
      onSuccess: ({ token: text }) => {
        const { id, name, permissions, ipList } = token;
        onMade({ id, name, text, permissions, ipList });
        void refreshTokens();
        onClose();
      },
    }),
  );
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      width="small"
      title={`Regenerate «${token.name}»`}
      description="It gets a new text, shown once. Name, permissions and addresses stay."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            isBusy={isPending}
            onClick={() => mutate({ tokenId: token.id, overlapHours })}
          >
            Regenerate
          </Button>
        </>
      }
    >
      <Field label="The old token goes on working">
        <Select
          value={String(overlapHours)}
          onValueChange={(value) => setOverlap(OVERLAP_HOURS.find((hours) => String(hours) === value) ?? 24)}
          options={OPTIONS}
        />
      </Field>
      {error && <Notice tone="danger">{toAppError(error).message}</Notice>}
    </Dialog>
  );
}
