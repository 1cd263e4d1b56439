import { Upload } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useViewer } from '../../api/desk.ts';
import { onDeskEvent } from '../../api/events.ts';
import { useCommand } from '../../app/commands.ts';
import { Icon } from '../../ui/index.ts';
import { showToast } from '../toasts/index.ts';
import { ImportSummaryDialog } from './ImportSummaryDialog.tsx';
import { importFiles, noteJob, useImports } from './importStore.ts';
import { sortMailFiles } from './mailFiles.ts';

function take(files: readonly File[], isAdmin: boolean): void {
  if (!isAdmin) {
    showToast({
      text: 'Only administrators import mail. To attach a file, drop it on a reply.',
      tone: 'danger',
    });
    return;
  }
  const { mail, others } = sortMailFiles(files);
  if (others.length > 0 && mail.length === 0) {
    showToast({
      text: 'Here .eml and .mbox files become tickets. To attach a file, drop it on a reply.',
      tone: 'danger',
    });
  }
  if (mail.length > 0) void importFiles(mail);
}

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
const isForComposer = (event: DragEvent): boolean =>
  event.target instanceof Element && event.target.closest('[data-drop-zone]') !== null;

/** Whether mail is being dragged over the window; drops become imports. */
function useWindowDrop(isAdmin: boolean): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const onDragOver = (event: DragEvent) => {
      if (event.defaultPrevented || !hasFiles(event)) return;
      // Without this the browser would open the file in place of the app.
      event.preventDefault();
      setOver(isAdmin && !isForComposer(event));
    };
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      setOver(false);
      if (event.defaultPrevented || !hasFiles(event)) return;
      event.preventDefault();
      take([...(event.dataTransfer?.files ?? [])], isAdmin);
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [isAdmin]);
  return isOver;
}

function useJobEvents(): void {
  useEffect(
    () =>
      onDeskEvent((event) => {
        if (event.type === 'job') noteJob(event.job);
      }),
    [],
  );
}

/** Import of mail files: drop them on the window or choose them; progress and a summary of what became of each. */
export function MailImport() {
  const isAdmin = useViewer()?.staff.role === 'admin';
  const isOver = useWindowDrop(isAdmin);
  const input = useRef<HTMLInputElement>(null);
  useJobEvents();
  useCommand({
    id: 'import-mail',
    title: 'Import mail files…',
    keys: ['g i'],
    group: 'Write',
    enabled: isAdmin,
    run: () => input.current?.click(),
  });
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept=".eml,.mbox,.mbx,message/rfc822,application/mbox"
        onChange={(event) => {
          take([...(event.target.files ?? [])], isAdmin);
          event.target.value = '';
        }}
      />
      {isOver && (
        <div className="pointer-events-none fixed inset-0 z-50 grid animate-fade-in place-items-center bg-scrim">
          <div className="flex flex-col items-center gap-2 rounded-lg bg-float px-10 py-8 text-center shadow-float outline-2 outline-accent -outline-offset-8 outline-dashed">
            <Icon of={Upload} size={24} className="text-accent-ink" />
            <p className="font-semibold text-heading">Drop mail to import it</p>
            <p className="text-soft">.eml and .mbox files become tickets and replies</p>
          </div>
        </div>
      )}
      <Sending />
      <ImportSummaryDialog />
    </>
  );
}

function Sending() {
  const sending = useImports((state) => state.sending);
  return (
    <div role="status" className="sr-only">
      {sending.map(({ name }) => `Sending ${name}`).join(', ')}
    </div>
  );
}
