import {
  CloudDownload,
  Download,
  File as FileIcon,
  FileText,
  FileX,
  Image as ImageIcon,
  type LucideIcon,
} from 'lucide-react';
import { useState } from 'react';
import type { AppError } from '../../../../shared/contract/errors.ts';
import type { Attachment } from '../../../../shared/contract/queues.ts';
import { useSyncStatus } from '../../../api/desk.ts';
import { attachmentUrl } from '../../../api/files.ts';
import { Icon, IconButton } from '../../../ui/index.ts';
import { AttachmentMenu } from './AttachmentMenu.tsx';
import { saveAttachment } from './attachmentFiles.ts';
import { type AttachmentKind, attachmentKind } from './attachmentKind.ts';
import { attachmentLine } from './attachmentPlace.ts';
import { useFetchLater } from './FetchLater.tsx';

const ICONS: Record<AttachmentKind, LucideIcon> = {
  image: ImageIcon,
  pdf: FileText,
  text: FileText,
  other: FileIcon,
};

const SHORT: Partial<Record<AppError['code'], string>> = {
  attachment_file_gone: 'No longer on this disk',
  attachment_gone_on_server: 'No longer on the server',
  attachment_on_server_only: 'The server can’t be reached',
  attachment_beyond_api: 'Too large for the server’s API',
};

const ON_HOVER =
  'bg-surface opacity-0 focus-visible:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100';

type ItemProps = { attachment: Attachment; onPreview: () => void };

/** What the last try to open or save said; it holds as long as the file stays where it is. */
function useProblem({ place }: Attachment): [AppError | null, (problem: AppError | null) => void] {
  const [told, setTold] = useState<{ problem: AppError | null; place: string } | null>(null);
  const problem = told?.place === place ? told.problem : null;
  return [problem, (next) => setTold({ problem: next, place })];
}

/** Name, size and where it is; opens what can be shown, saves what cannot. */
function AttachmentItem({ attachment, onPreview }: ItemProps) {
  const { name, mediaType } = attachment;
  const [problem, setProblem] = useProblem(attachment);
  const save = () => void saveAttachment(attachment).then(setProblem);
  return (
    <li className="group relative flex h-13 w-60 max-w-full items-center overflow-hidden rounded-md border border-line bg-surface transition-colors hover:border-line-strong">
      <button
        type="button"
        onClick={attachmentKind(mediaType) === 'other' ? save : onPreview}
        title={name}
        className="flex h-full min-w-0 flex-1 items-center gap-2.5 pr-9 text-left focus-visible:-outline-offset-2"
      >
        <Face attachment={attachment} problem={problem} onProblem={setProblem} />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{name}</span>
          <SecondLine attachment={attachment} problem={problem} />
        </span>
      </button>
      <span className="absolute right-1.5 flex gap-1">
        {problem?.code === 'attachment_on_server_only' ? (
          <FetchLaterButton attachment={attachment} />
        ) : (
          <IconButton
            icon={Download}
            label={`Save ${name}`}
            size="small"
            onClick={save}
            className={ON_HOVER}
          />
        )}
        <AttachmentMenu attachment={attachment} onPreview={onPreview} onSave={save} className={ON_HOVER} />
      </span>
    </li>
  );
}

/** A small picture where the file is one and is here: nothing is fetched from a server because it is looked at. */
function Face({
  attachment: { id, mediaType, place },
  problem,
  onProblem,
}: {
  attachment: Attachment;
  problem: AppError | null;
  onProblem: (problem: AppError) => void;
}) {
  const kind = attachmentKind(mediaType);
  const isLost = problem !== null || place === 'gone';
  return (
    <span className="grid h-full w-13 shrink-0 place-items-center border-line border-r bg-sunken text-faint">
      {kind === 'image' && place === 'here' && !problem ? (
        <img
          src={attachmentUrl(id)}
          alt=""
          loading="lazy"
          className="size-full object-cover"
          // The picture may only be unreadable; the download tells whether the file is gone.
          onError={() => onProblem({ code: 'attachment_file_gone', message: '' })}
        />
      ) : (
        <Icon of={isLost ? FileX : ICONS[kind]} size={20} />
      )}
    </span>
  );
}

function SecondLine({ attachment, problem }: { attachment: Attachment; problem: AppError | null }) {
  const isRemote = useSyncStatus() !== null;
  if (!problem) {
    return (
      <span className="block truncate text-faint text-small">{attachmentLine(attachment, isRemote)}</span>
    );
  }
  return (
    <span role="alert" title={problem.message} className="block truncate text-danger-ink text-small">
      {SHORT[problem.code] ?? problem.message}
    </span>
  );
}

/** In the place of saving, while the server that has the file is away. */
function FetchLaterButton({ attachment }: { attachment: Attachment }) {
  const later = useFetchLater(attachment);
  return (
    <IconButton
      icon={CloudDownload}
      label={`Fetch when online: ${attachment.name}`}
      size="small"
      disabled={later.isPending}
      onClick={() => later.mutate({ attachmentId: attachment.id })}
      className="bg-surface"
    />
  );
}

/** The files of a message that its text does not show by itself. */
export function AttachmentList({
  attachments,
  onPreview,
}: {
  attachments: readonly Attachment[];
  onPreview: (attachment: Attachment) => void;
}) {
  if (attachments.length === 0) return null;
  return (
    <ul aria-label="Attachments" className="mt-3 flex flex-wrap gap-2">
      {attachments.map((attachment) => (
        <AttachmentItem key={attachment.id} attachment={attachment} onPreview={() => onPreview(attachment)} />
      ))}
    </ul>
  );
}
