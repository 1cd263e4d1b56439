import { useMutation } from '@tanstack/react-query';
import { ImageUp } from 'lucide-react';
import { useRef, useState } from 'react';
import { trpc } from '../../../api/client.ts';
import { useViewer } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import { avatarUrl, uploadAvatar } from '../../../api/files.ts';
import { Avatar, Button, Notice } from '../../../ui/index.ts';
import { squarePicture } from './squarePicture.ts';

/** Sends a chosen picture; what came of it shows in the next event. */
function useUpload() {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const upload = async (file: File) => {
    setBusy(true);
    setProblem(null);
    const square = await squarePicture(file);
    const sent = square.ok ? await uploadAvatar(square.value) : square;
    setProblem(sent.ok ? null : sent.error.message);
    setBusy(false);
  };
  return { isBusy, problem, setProblem, upload };
}

/** One's own picture: chosen, shown at once, taken away. */
export function PictureField() {
  const staff = useViewer()?.staff;
  const input = useRef<HTMLInputElement>(null);
  const { isBusy, problem, setProblem, upload } = useUpload();
  const remove = useMutation(
    trpc.profile.removeAvatar.mutationOptions({ onError: (error) => setProblem(toAppError(error).message) }),
  );
  if (!staff) return null;
  return (
    <section aria-label="Picture" className="flex flex-col gap-3">
      <div className="flex items-center gap-4">
        <Avatar name={staff.name} picture={avatarUrl(staff)} size="huge" tone="accent" />
        <div className="flex min-w-0 flex-col gap-1.5">
          <div className="flex gap-2">
            <Button icon={ImageUp} isBusy={isBusy} onClick={() => input.current?.click()}>
              {staff.avatar === null ? 'Choose a picture' : 'Another picture'}
            </Button>
            {staff.avatar !== null && (
              <Button variant="ghost" isBusy={remove.isPending} onClick={() => remove.mutate()}>
                Remove
              </Button>
            )}
          </div>
          <p className="text-faint text-small">
            PNG, JPEG or WebP; its middle square is used. Colleagues see it.
          </p>
        </div>
      </div>
      {problem && <Notice tone="danger">Not changed. {problem}</Notice>}
      <input
        ref={input}
        type="file"
        hidden
        aria-label="Picture file"
        accept="image/png,image/jpeg,image/webp"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file) void upload(file);
        }}
      />
    </section>
  );
}
