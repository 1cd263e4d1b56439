import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, Download } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { AppError } from '../../../../shared/contract/errors.ts';
import type { Attachment } from '../../../../shared/contract/queues.ts';
import { attachmentUrl } from '../../../api/files.ts';
import { Button, Dialog, ErrorState, IconButton, Spinner } from '../../../ui/index.ts';
import { sizeText } from '../../composer/index.ts';
import { attachmentProblem, attachmentText, saveAttachment } from './attachmentFiles.ts';
import { attachmentKind, typeName } from './attachmentKind.ts';
import { OnServerOnly } from './FetchLater.tsx';

/** Why a file is not to be seen; one on a server that is away can be asked for. */
function Problem({ attachment, problem }: { attachment: Attachment; problem: AppError }) {
  if (problem.code === 'attachment_on_server_only') return <OnServerOnly attachment={attachment} />;
  return <ErrorState error={problem} />;
}

function TextPreview({ attachment }: { attachment: Attachment }) {
  const { data } = useQuery({
    queryKey: ['attachment-text', attachment.id, attachment.place],
    queryFn: () => attachmentText(attachment),
  });
  if (!data) return <Spinner label="Reading the file" />;
  if ('code' in data) return <Problem attachment={attachment} problem={data} />;
  return (
    <pre className="h-full w-full select-text self-start overflow-auto whitespace-pre-wrap p-4 font-mono text-small">
      {data.text}
      {data.isCut && '\n\n… Save the file to see the rest.'}
    </pre>
  );
}

function MediaPreview({ attachment, children }: { attachment: Attachment; children: ReactNode }) {
  const { data: problem, isPending } = useQuery({
    queryKey: ['attachment-problem', attachment.id, attachment.place],
    queryFn: () => attachmentProblem(attachment),
  });
  if (isPending) return <Spinner label="Opening the file" />;
  return problem ? <Problem attachment={attachment} problem={problem} /> : children;
}

function Preview({ attachment }: { attachment: Attachment }) {
  const url = attachmentUrl(attachment.id);
  switch (attachmentKind(attachment.mediaType)) {
    case 'image':
      return (
        <MediaPreview attachment={attachment}>
          <img src={url} alt={attachment.name} className="max-h-full max-w-full object-contain" />
        </MediaPreview>
      );
    case 'pdf':
      return (
        <MediaPreview attachment={attachment}>
          <iframe src={url} title={attachment.name} className="size-full border-0" />
        </MediaPreview>
      );
    case 'text':
      return <TextPreview attachment={attachment} />;
    case 'other':
      return <p className="text-soft">This type of file can’t be shown here. Save it to open it.</p>;
  }
}

/** Looks at the files of a message, one after the other, without leaving the desk. */
export function PreviewDialog({
  attachments,
  first,
  onClose,
}: {
  attachments: readonly Attachment[];
  first: Attachment;
  onClose: () => void;
}) {
  const [index, setIndex] = useState(Math.max(0, attachments.indexOf(first)));
  const [problem, setProblem] = useState<AppError | null>(null);
  const attachment = attachments[index] ?? first;
  const step = (by: number) => {
    setProblem(null);
    setIndex((index + by + attachments.length) % attachments.length);
  };
  const isOne = attachments.length < 2;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      width="large"
      title={attachment.name}
      description={`${typeName(attachment.name, attachment.mediaType)} · ${sizeText(attachment.sizeBytes)}`}
      footer={
        <>
          {!isOne && (
            <div className="mr-auto flex items-center gap-1">
              <IconButton
                icon={ChevronLeft}
                label="Previous file"
                keys="ArrowLeft"
                onClick={() => step(-1)}
              />
              <IconButton icon={ChevronRight} label="Next file" keys="ArrowRight" onClick={() => step(1)} />
              <span className="pl-1 text-faint tabular-nums">
                {index + 1} of {attachments.length}
              </span>
            </div>
          )}
          {problem && (
            <p role="alert" className="self-center text-danger-ink text-small">
              {problem.message}
            </p>
          )}
          <Button icon={Download} onClick={() => void saveAttachment(attachment).then(setProblem)}>
            Save
          </Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys beside the named buttons below */}
      <div
        className="grid h-[56vh] place-items-center overflow-hidden rounded-md bg-sunken"
        onKeyDown={(event) => {
          if (isOne) return;
          if (event.key === 'ArrowLeft') step(-1);
          if (event.key === 'ArrowRight') step(1);
        }}
      >
        <Preview key={attachment.id} attachment={attachment} />
      </div>
    </Dialog>
  );
}
