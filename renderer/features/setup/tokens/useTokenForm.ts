import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiToken } from '../../../../shared/contract/desk.ts';
import { queryClient, trpc } from '../../../api/client.ts';
import { useViewer } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import type { NewToken } from './NewTokenPanel.tsx';
import {
  changesOf,
  createInputOf,
  EMPTY_FORM,
  errorsOf,
  formOf,
  problemsOf,
  type TokenErrors,
  type TokenForm,
} from './tokenForm.ts';

export const refreshTokens = () => queryClient.invalidateQueries({ queryKey: trpc.api.pathKey() });

/** The form of a token that is made (`token` null) or changed. */
export function useTokenForm(
  token: ApiToken | null,
  { onMade, onClose }: { onMade: (made: NewToken) => void; onClose: () => void },
) {
  const timeZone = useViewer()?.timeZone;
  const [saved] = useState<TokenForm>(() => (token ? formOf(token, timeZone) : EMPTY_FORM));
  const [form, setForm] = useState(saved);
  const [errors, setErrors] = useState<TokenErrors>({});
  const [problem, setProblem] = useState<string | null>(null);
  const onError = (thrown: unknown) => {
    const error = toAppError(thrown);
    const beside = errorsOf(error);
    setErrors(beside ?? {});
    setProblem(beside ? null : error.message);
  };
  const create = useMutation(trpc.tokens.create.mutationOptions({ onError }));
  const update = useMutation(trpc.tokens.update.mutationOptions({ onError }));
  const done = () => {
    void refreshTokens();
    onClose();
  };
  return {
    form,
    errors,
    problem,
    isBusy: create.isPending || update.isPending,
    set: (changed: Partial<TokenForm>) => {
      setForm((before) => ({ ...before, ...changed }));
      setErrors({});
    },
    submit: () => {
      const problems = problemsOf(form);
      setErrors(problems);
      setProblem(null);
      if (Object.keys(problems).length > 0) return;
      if (token) {
        const changes = changesOf(form, saved);
        if (Object.keys(changes).length === 0) onClose();
        else update.mutate({ tokenId: token.id, ...changes }, { onSuccess: done });
        return;
      }
      const input = createInputOf(form);
      create.mutate(input, {
        onSuccess: ({ tokenId: id, token: text }) => {
          onMade({ id, name: input.name, text, permissions: input.permissions, ipList: input.ipList });
          done();
        },
      });
    },
  };
}
