import { useSyncStatus } from '../../api/desk.ts';
import { useCommand } from '../../app/commands.ts';
import { useUi } from '../../stores/index.ts';
import { SECTIONS, type Section } from './sections.ts';

function SectionCommand({ section: { id, title } }: { section: Section }) {
  useCommand({
    id: `setup-${id}`,
    title: `Setup: ${title}`,
    keys: [],
    group: 'Go to',
    run: () => useUi.getState().go({ kind: 'setup', section: id }),
  });
  return null;
}

/** Each section of Setup by its name in the palette; `g s` opens the first. */
export function SetupCommands() {
  const isRemote = useSyncStatus() !== null;
  return SECTIONS.filter(({ remote }) => isRemote || remote !== 'server').map((section) => (
    <SectionCommand key={section.id} section={section} />
  ));
}
