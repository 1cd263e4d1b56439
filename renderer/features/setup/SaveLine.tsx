import { Check } from 'lucide-react';
import { Button, Icon } from '../../ui/index.ts';

/** Save and revert under a form, with what became of it in words. */
export function SaveLine({
  form,
}: {
  form: { isDirty: boolean; isSaving: boolean; isSaved: boolean; revert: () => void };
}) {
  return (
    <div className="flex items-center gap-3">
      <Button type="submit" variant="primary" isBusy={form.isSaving} disabled={!form.isDirty}>
        Save
      </Button>
      {form.isDirty && (
        <Button variant="ghost" onClick={form.revert} disabled={form.isSaving}>
          Revert
        </Button>
      )}
      <span role="status" className="flex items-center gap-1 text-faint">
        {form.isSaved && (
          <>
            <Icon of={Check} size={14} />
            Saved
          </>
        )}
        {form.isDirty && !form.isSaving && 'Not saved yet'}
      </span>
    </div>
  );
}
