import { Fragment, useId } from 'react';
import { useSyncStatus } from '../../api/desk.ts';
import { useUi } from '../../stores/index.ts';
import { classes, Icon } from '../../ui/index.ts';
import { RemoteNoteBox } from './RemoteNoteBox.tsx';
import { REMOTE_NOTES } from './remoteNotes.ts';
import { SECTION_GROUPS, SECTIONS, type Section } from './sections.ts';

function SectionLink({ section, isCurrent }: { section: Section; isCurrent: boolean }) {
  return (
    <li>
      <button
        type="button"
        aria-current={isCurrent ? 'page' : undefined}
        onClick={() => useUi.getState().go({ kind: 'setup', section: section.id })}
        className={classes(
          'flex h-8 w-full items-center gap-2.5 rounded-md px-2 text-left transition-colors',
          isCurrent ? 'bg-selected font-medium' : 'text-soft hover:bg-hover hover:text-text',
        )}
      >
        <Icon of={section.icon} className={isCurrent ? 'text-accent-ink' : undefined} />
        <span className="truncate">{section.title}</span>
      </button>
    </li>
  );
}

function SectionLinks({ current, isRemote }: { current: Section | undefined; isRemote: boolean }) {
  const id = useId();
  return (
    <nav
      aria-label="Setup"
      className="w-52 shrink-0 overflow-y-auto border-line border-r px-2 py-3 max-[859px]:w-40"
    >
      <h1 className="px-2 pb-1 font-semibold text-heading">Setup</h1>
      {SECTION_GROUPS.map(({ title, sections }, at) => (
        <Fragment key={title}>
          {title === null ? (
            <div className="mx-2 my-2 border-line border-t" />
          ) : (
            <p id={`${id}-${at}`} className="px-2 pt-3 pb-1 font-medium text-faint text-small">
              {title}
            </p>
          )}
          <ul aria-labelledby={title === null ? undefined : `${id}-${at}`} className="flex flex-col gap-px">
            {sections
              .filter(({ remote }) => isRemote || remote !== 'server')
              .map((section) => (
                <SectionLink key={section.id} section={section} isCurrent={section === current} />
              ))}
          </ul>
        </Fragment>
      ))}
    </nav>
  );
}

/** Everything one sets once: groups of sections, each section one column of fields. */
export function SetupScreen({ section }: { section: string }) {
  const isRemote = useSyncStatus() !== null;
  const current = SECTIONS.find(({ id }) => id === section) ?? SECTIONS.find(({ id }) => id === 'general');
  const note = current && REMOTE_NOTES[current.id];
  return (
    <div className="flex min-w-0 flex-1">
      <SectionLinks current={current} isRemote={isRemote} />
      {current && (
        <section aria-label={current.title} className="min-w-0 flex-1 overflow-y-auto">
          <div className="max-w-160 px-8 pt-6 pb-16">
            <h2 className="font-semibold text-title">{current.title}</h2>
            <p className="mt-1 mb-6 text-soft">{current.lead}</p>
            {isRemote && note && <RemoteNoteBox note={note} />}
            <current.Content key={current.id} />
          </div>
        </section>
      )}
    </div>
  );
}
