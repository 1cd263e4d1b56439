import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { LIMITS } from '../../../../shared/limits.ts';
import { trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { Notice } from '../../../ui/index.ts';
import { RichEditor, type RichEditorHandle } from '../../composer/index.ts';
import { SaveLine } from '../SaveLine.tsx';
import { keepProfile } from './profileForm.ts';

const TOO_LONG = 'Too long for a signature. Take less text or fewer links.';

function useSignature(saved: string) {
  const editor = useRef<RichEditorHandle>(null);
  /** What was saved, as the editor writes it. */
  const [before, setBefore] = useState(saved);
  const [html, setHtml] = useState(saved);
  const show = (text: string) => {
    editor.current?.setHtml(text);
    const written = editor.current?.html() ?? text;
    setBefore(written);
    setHtml(written);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once; what is being typed is not replaced by an event
  useEffect(() => show(saved), []);
  const update = useMutation(
    trpc.profile.update.mutationOptions({
      onSuccess: (profile) => {
        keepProfile(profile);
        show(profile.signatureHtml);
      },
    }),
  );
  const isDirty = html !== before;
  const isTooLong = html.length > LIMITS.signatureLength;
  const failure = update.error ? toAppError(update.error).message : null;
  return {
    editor,
    setHtml,
    isDirty,
    isSaving: update.isPending,
    isSaved: update.isSuccess && !isDirty,
    problem: isTooLong ? TOO_LONG : failure,
    submit: () => {
      if (isDirty && !isTooLong) update.mutate({ signatureHtml: html });
    },
    revert: () => {
      update.reset();
      show(before);
    },
  };
}

/** What stands below every reply, where one sees it before sending. */
export function SignatureForm({ saved }: { saved: string }) {
  const form = useSignature(saved);
  return (
    <form
      noValidate
      aria-label="Signature"
      className="flex flex-col gap-4"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        form.submit();
      }}
    >
      <p className="text-soft">
        Stands below each reply you begin, where you see it and may change it; never below notes. Empty for
        none.
      </p>
      <div className="rounded-md border border-line-control/55 bg-surface focus-within:border-accent">
        <RichEditor
          ref={form.editor}
          label="Signature"
          placeholder="Kind regards, …"
          textClassName="max-h-60 min-h-24"
          onChange={form.setHtml}
          // Words and links only: a picture would have to travel with every mail.
          onFiles={() => undefined}
          onKey={(key) => key !== 'leave' && form.submit()}
        />
      </div>
      {form.problem && <Notice tone="danger">Not saved. {form.problem}</Notice>}
      <SaveLine form={form} />
    </form>
  );
}
