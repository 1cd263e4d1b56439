import { appErrorOf } from '../../../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';

/** Sharp at every size the desk shows it, and small. */
const SIZE = 256;
/** A phone's photo fits; a larger file would only freeze the window. */
const LIMIT_BYTES = 25 * 1024 * 1024;

/** The square in the middle of a picture. */
export function middleSquare(width: number, height: number): { x: number; y: number; side: number } {
  const side = Math.min(width, height);
  return { x: Math.floor((width - side) / 2), y: Math.floor((height - side) / 2), side };
}

/** Cuts the middle square out and writes it anew: no place and no camera of the photo travels along. */
export async function squarePicture(file: File): Promise<Result<File>> {
  if (file.size > LIMIT_BYTES)
    return err(appErrorOf('file_too_large', { details: { limitBytes: LIMIT_BYTES } }));
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) return err(appErrorOf('image_unreadable'));
  const canvas = document.createElement('canvas');
  const { x, y, side } = middleSquare(bitmap.width, bitmap.height);
  canvas.width = SIZE;
  canvas.height = SIZE;
  const context = canvas.getContext('2d');
  if (context) context.imageSmoothingQuality = 'high';
  context?.drawImage(bitmap, x, y, side, side, 0, 0, SIZE, SIZE);
  bitmap.close();
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/webp', 0.9));
  return blob ? ok(new File([blob], 'picture', { type: blob.type })) : err(appErrorOf('image_unreadable'));
}
