import type { Readable } from 'node:stream';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { StaffId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { StaffActor } from '../domain/actor.ts';
import { pictureFacts } from '../domain/pictureFacts.ts';
import { storeError } from '../store/store.ts';
import type { ServiceDeps } from './context.ts';
import { contentOf, type FileContent } from './messageFiles.ts';
import { recordChange } from './staffAdmin.ts';

const tooManyPixels = `The picture is too large. Up to ${LIMITS.avatarPixels} pixels in each direction.`;

/** The picture beside a name, for everyone who is signed in; not_found when there is none. */
export async function avatarContent(deps: ServiceDeps, staffId: StaffId): Promise<Result<FileContent>> {
  const account = deps.store.staff.byId(staffId);
  if (!account || account.avatarSha256 === null || account.avatarType === null)
    return err(appErrorOf('not_found'));
  const name = `${account.username}.${account.avatarType.replace(/^image\//, '')}`;
  return contentOf(deps, { name, mediaType: account.avatarType, sha256: account.avatarSha256 });
}

/** Takes a PNG, JPEG or WebP by its own bytes: image_unreadable, file_too_large, disk_full. */
export async function setAvatar(
  deps: ServiceDeps,
  actor: StaffActor,
  content: Readable,
): Promise<Result<{ avatar: string }>> {
  const bytes = await readUpTo(content, LIMITS.avatarBytes);
  if (!bytes) return err(appErrorOf('file_too_large', { details: { limitBytes: LIMITS.avatarBytes } }));
  const facts = pictureFacts(bytes);
  if (!facts) return err(appErrorOf('image_unreadable'));
  const { avatarPixels: limitPixels } = LIMITS;
  if (facts.width > limitPixels || facts.height > limitPixels)
    return err(appErrorOf('file_too_large', { message: tooManyPixels, details: { limitPixels } }));
  try {
    const { sha256 } = await deps.files.put(bytes);
    const changed = await changeAvatar(deps, actor, { sha256, mediaType: facts.mediaType });
    deps.files.release([sha256]);
    return changed.ok ? ok({ avatar: sha256.slice(0, 12) }) : changed;
  } catch (error) {
    return err(storeError(error) ?? appErrorOf('file_unreadable'));
  }
}

export function removeAvatar(deps: ServiceDeps, actor: StaffActor): Promise<Result<void>> {
  return changeAvatar(deps, actor, null);
}

async function changeAvatar(
  deps: ServiceDeps,
  actor: StaffActor,
  file: { sha256: string; mediaType: string } | null,
): Promise<Result<void>> {
  const changed = deps.store.write(() => {
    const before = deps.store.staff.byId(actor.staffId)?.avatarSha256 ?? null;
    if (before === (file?.sha256 ?? null)) return ok(null);
    deps.store.staff.setAvatar(actor.staffId, file);
    recordChange(deps, actor, actor.staffId, 'update_staff', { hasPicture: file !== null }, {});
    return ok(before);
  });
  if (!changed.ok) return changed;
  if (changed.value !== null) await deps.files.removeUnused(changed.value, deps.store.purge.isUsed);
  return ok(undefined);
}

/** null when there is more than `limitBytes`. */
async function readUpTo(content: Readable, limitBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of content) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
    sizeBytes += bytes.length;
    if (sizeBytes > limitBytes) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
