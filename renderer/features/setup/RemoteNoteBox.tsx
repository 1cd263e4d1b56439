import type { RemoteNote } from './remoteNotes.ts';

const LINES = [
  { part: 'server', label: 'On the server' },
  { part: 'api', label: 'From here' },
  { part: 'desk', label: 'On this desk only' },
] as const;

/** In a remote workspace, before the section itself: whose what is, and how far the API reaches. */
export function RemoteNoteBox({ note }: { note: RemoteNote }) {
  return (
    <section
      aria-label="What belongs to the server"
      className="mb-6 rounded-md border border-line bg-sunken px-3.5 py-2.5 text-small"
    >
      <dl className="grid grid-cols-[7.5rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 max-[859px]:grid-cols-1 max-[859px]:gap-y-0.5">
        {LINES.map(({ part, label }) =>
          note[part] === undefined ? null : (
            <div key={part} className="contents">
              <dt className="font-medium">{label}</dt>
              <dd className="text-soft">{note[part]}</dd>
            </div>
          ),
        )}
      </dl>
    </section>
  );
}
