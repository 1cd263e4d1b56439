import {
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
import { attachmentUrl } from '../../../api/files.ts';
import { classes, Icon, IconButton } from '../../../ui/index.ts';
import { sizeText } from '../../composer/index.ts';
import { saveAttachment } from './attachmentFiles.ts';
import { type AttachmentKind, attachmentKind, typeName } from './attachmentKind.ts';

const ICONS: Record<AttachmentKind, LucideIcon> = {
  image: ImageIcon,
  pdf: FileText,
  text: FileText,
  other: FileIcon,
};

function problemText(error: AppError): string {
  return error.code === 'attachment_file_gone' ? 'No longer on this disk' : error.message;
}

type ItemProps = { attachment: Attachment; onPreview: () => void };

/** Name, type and size; opens what can be shown, saves what cannot. */
function AttachmentItem({ attachment, onPreview }: ItemProps) {
  const { id, name, mediaType, sizeBytes } = attachment;
  const [problem, setProblem] = useState<AppError | null>(null);
  const kind = attachmentKind(mediaType);
  const save = () => void saveAttachment(attachment).then(setProblem);
  const hasPicture = kind === 'image' && problem === null;
  return (
    <li className="group relative flex h-13 w-60 max-w-full items-center overflow-hidden rounded-md border border-line bg-surface transition-colors hover:border-line-strong">
      <button
        type="button"
        onClick={kind === 'other' ? save : onPreview}
        title={name}
        className="flex h-full min-w-0 flex-1 items-center gap-2.5 pr-9 text-left focus-visible:-outline-offset-2"
      >
        <span className="grid h-full w-13 shrink-0 place-items-center border-line border-r bg-sunken text-faint">
          {hasPicture ? (
            <img
              src={attachmentUrl(id)}
              alt=""
              loading="lazy"
              className="size-full object-cover"
              // The picture may only be unreadable; the download tells whether the file is gone.
              onError={() => setProblem({ code: 'attachment_file_gone', message: '' })}
            />
          ) : (
            <Icon of={problem ? FileX : ICONS[kind]} size={20} />
          )}
        </span>
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{name}</span>
          <span
            role={problem ? 'alert' : undefined}
            className={classes('block truncate text-small', problem ? 'text-danger-ink' : 'text-faint')}
          >
            {problem ? problemText(problem) : `${typeName(name, mediaType)} · ${sizeText(sizeBytes)}`}
          </span>
        </span>
      </button>
      <IconButton
        icon={Download}
        label={`Save ${name}`}
        size="small"
        onClick={save}
        className="absolute right-1.5 bg-surface opacity-0 focus-visible:opacity-100 group-hover:opacity-100"
      />
    </li>
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
