import { CircleAlert, Paperclip, RotateCw, X } from 'lucide-react';
import { sizeText } from '../../../shared/util/sizeText.ts';
import { uploadUrl } from '../../api/files.ts';
import { classes, Icon, IconButton } from '../../ui/index.ts';
import { type DraftFile, uploadPercent } from './fileList.ts';
import { LimitNote } from './LimitNote.tsx';

function isShownAsPicture(file: DraftFile): boolean {
  return file.state === 'done' && /^image\/(?:png|jpeg|gif|webp)$/.test(file.mediaType);
}

function Thumbnail({ file }: { file: DraftFile }) {
  if (file.state === 'done' && isShownAsPicture(file)) {
    return <img src={uploadUrl(file.uploadId)} alt="" className="size-6 shrink-0 rounded-sm object-cover" />;
  }
  if (file.state === 'failed') return <Icon of={CircleAlert} className="text-danger-ink" />;
  return <Icon of={Paperclip} className="text-faint" />;
}

function stateText(file: DraftFile): string {
  if (file.state === 'failed') return file.reason;
  if (file.state === 'done') return sizeText(file.sizeBytes);
  return `${uploadPercent(file)} % of ${sizeText(file.sizeBytes)}`;
}

function Chip({ file, onRetry, onRemove }: { file: DraftFile; onRetry: () => void; onRemove: () => void }) {
  const isFailed = file.state === 'failed';
  return (
    <li
      className={classes(
        'relative flex min-h-8 max-w-full items-center gap-2 overflow-hidden rounded-md border py-0.5 pr-1 pl-2',
        isFailed ? 'border-danger/40 bg-danger-soft' : 'border-line bg-surface',
      )}
    >
      <Thumbnail file={file} />
      <span
        className={classes('max-w-56 truncate font-medium', isFailed ? 'min-w-20' : 'min-w-0')}
        title={file.name}
      >
        {file.name}
      </span>
      <span
        role={isFailed ? 'alert' : undefined}
        className={classes(
          'text-small tabular-nums',
          isFailed ? 'text-danger-ink' : 'whitespace-nowrap text-faint',
        )}
      >
        {stateText(file)}
      </span>
      {isFailed && file.canRetry && (
        <IconButton icon={RotateCw} size="small" label={`Send ${file.name} again`} onClick={onRetry} />
      )}
      <IconButton
        icon={X}
        size="small"
        label={file.state === 'uploading' ? `Cancel ${file.name}` : `Remove ${file.name}`}
        onClick={onRemove}
      />
      {file.state === 'uploading' && (
        <span
          role="progressbar"
          aria-label={file.name}
          aria-valuenow={uploadPercent(file)}
          className="absolute bottom-0 left-0 h-0.5 bg-accent transition-[width]"
          style={{ width: `${uploadPercent(file)}%` }}
        />
      )}
    </li>
  );
}

/** The files of a draft: on their way, there, or refused in words. */
export function FileChips({
  files,
  onRetry,
  onRemove,
}: {
  files: readonly DraftFile[];
  onRetry: (key: string) => void;
  onRemove: (key: string) => void;
}) {
  if (files.length === 0) return null;
  return (
    <>
      <ul aria-label="Files" className="flex max-h-32 flex-wrap gap-1.5 overflow-y-auto px-3.5 pt-1 pb-2">
        {files.map((file) => (
          <Chip
            key={file.key}
            file={file}
            onRetry={() => onRetry(file.key)}
            onRemove={() => onRemove(file.key)}
          />
        ))}
      </ul>
      <LimitNote files={files} />
    </>
  );
}
