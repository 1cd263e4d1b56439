import type { WorkspaceItem } from '../../../shared/contract/workspaces.ts';
import { toAppError } from '../../api/errors.ts';
import { arrivalUrl } from '../arrival/index.ts';
import { saveToLeave } from '../composer/index.ts';
import { hasKeptEdits } from '../setup/index.ts';
import { showToast } from '../toasts/index.ts';
import { workspaceCalls } from './workspaceCalls.ts';
import { askAboutMissing } from './workspaceDialogs.ts';
import { nameOf } from './workspaceText.ts';

/** Opening a desk takes a moment: what takes longer says what it does. */
const LATE_MS = 300;

/** Saves what is being written; says why not, where that fails. */
async function mayLeave(): Promise<boolean> {
  const refusal = await saveToLeave();
  if (refusal !== null) showToast({ text: refusal, tone: 'danger' });
  return refusal === null;
}

/** Leaves for another workspace once nothing is lost by it; what Setup has not saved is the person's to decide. */
export async function leaveFor(
  name: string,
  call: () => Promise<{ url: string }>,
  isNewMirror = false,
): Promise<boolean> {
  if (hasKeptEdits()) {
    showToast({ text: 'Setup has changes that are not saved. Save or discard them first.', tone: 'danger' });
    return false;
  }
  const late = setTimeout(() => showToast({ text: `Opening ${name}…` }), LATE_MS);
  try {
    if (!(await mayLeave())) return false;
    const { url } = await call();
    // Opening took a while, in which one may have typed on.
    if (!(await mayLeave())) return false;
    window.location.assign(arrivalUrl(url, isNewMirror));
    return true;
  } catch (error) {
    showToast({ text: toAppError(error).message, tone: 'danger' });
    return false;
  } finally {
    clearTimeout(late);
  }
}

/** Goes to a workspace of the list; one whose folder is not there is asked about. */
export function goToWorkspace(item: WorkspaceItem): void {
  if (item.presence === 'here') return;
  if (item.presence === 'missing') askAboutMissing(item);
  else void leaveFor(nameOf(item), () => workspaceCalls.open(item.key));
}
