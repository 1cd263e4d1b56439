import type { Upload } from '../../../shared/contract/sync.ts';
import { Progress } from '../../ui/index.ts';
import { uploadText } from './syncText.ts';

/** How far the files of a message are. */
export function UploadNote({ upload }: { upload: Upload }) {
  return <Progress label={uploadText(upload)} done={upload.sentBytes} total={upload.sizeBytes} />;
}
