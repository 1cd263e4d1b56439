import {
  CodeXml,
  Contact,
  Info,
  KeyRound,
  Layers,
  LogIn,
  type LucideIcon,
  Mail,
  Palette,
  ShieldCheck,
  SlidersHorizontal,
  Ticket,
  UserRound,
  UsersRound,
} from 'lucide-react';
import type { ComponentType } from 'react';
import { useUi } from '../../stores/index.ts';
import { classes, Icon } from '../../ui/index.ts';
import { AboutSection } from './AboutSection.tsx';
import { ApiSection } from './ApiSection.tsx';
import { AppearanceSection } from './AppearanceSection.tsx';
import { CustomersSection } from './customers/CustomersSection.tsx';
import { DepartmentsSection } from './departments/DepartmentsSection.tsx';
import { EmailSection } from './email/EmailSection.tsx';
import { GeneralSection } from './GeneralSection.tsx';
import { ProfileSection } from './profile/ProfileSection.tsx';
import { SecretsSection } from './secrets/SecretsSection.tsx';
import { SecuritySection } from './security/SecuritySection.tsx';
import { SourcesSection } from './sources/SourcesSection.tsx';
import { StaffSection } from './staff/StaffSection.tsx';
import { TicketsSection } from './tickets/TicketsSection.tsx';

type Section = { id: string; title: string; lead: string; icon: LucideIcon; Content: ComponentType };

const GENERAL: Section = {
  id: 'general',
  title: 'General',
  lead: 'What the desk is called and where it is.',
  icon: SlidersHorizontal,
  Content: GeneralSection,
};
const SECTIONS: readonly Section[] = [
  GENERAL,
  {
    id: 'profile',
    title: 'Profile',
    lead: 'Your name, picture, signature, password, two-step sign-in and sessions.',
    icon: UserRound,
    Content: ProfileSection,
  },
  {
    id: 'appearance',
    title: 'Appearance',
    lead: 'How Staffdesk looks to you on this machine.',
    icon: Palette,
    Content: AppearanceSection,
  },
  {
    id: 'staff',
    title: 'Staff',
    lead: 'Who works here, what they see and how they sign in.',
    icon: UsersRound,
    Content: StaffSection,
  },
  {
    id: 'security',
    title: 'Security',
    lead: 'How people sign in, who is locked out, and who was here.',
    icon: ShieldCheck,
    Content: SecuritySection,
  },
  {
    id: 'sources',
    title: 'Sign-in sources',
    lead: 'Other systems whose accounts may sign in here.',
    icon: LogIn,
    Content: SourcesSection,
  },
  {
    id: 'secrets',
    title: 'Secrets',
    lead: 'What the desk keeps sealed, and where the key to it lies.',
    icon: KeyRound,
    Content: SecretsSection,
  },
  {
    id: 'departments',
    title: 'Departments',
    lead: 'Where tickets are sorted into, in the order everyone sees.',
    icon: Layers,
    Content: DepartmentsSection,
  },
  {
    id: 'customers',
    title: 'Customers',
    lead: 'Who writes to you, and from which addresses.',
    icon: Contact,
    Content: CustomersSection,
  },
  {
    id: 'tickets',
    title: 'Tickets',
    lead: 'When they are overdue, which files come in, and how the API lists them.',
    icon: Ticket,
    Content: TicketsSection,
  },
  {
    id: 'email',
    title: 'E-mail',
    lead: 'What the desk writes to customers and staff.',
    icon: Mail,
    Content: EmailSection,
  },
  {
    id: 'api',
    title: 'API',
    lead: 'The HelpDeskZ API for your scripts.',
    icon: CodeXml,
    Content: ApiSection,
  },
  {
    id: 'about',
    title: 'About',
    lead: 'This Staffdesk and this machine.',
    icon: Info,
    Content: AboutSection,
  },
];

function SectionLinks({ current }: { current: Section }) {
  return (
    <nav
      aria-label="Setup"
      className="flex w-52 shrink-0 flex-col gap-px border-line border-r px-2 py-3 max-[859px]:w-40"
    >
      <h1 className="px-2 pb-2 font-semibold text-heading">Setup</h1>
      {SECTIONS.map((section) => (
        <button
          key={section.id}
          type="button"
          aria-current={section === current ? 'page' : undefined}
          onClick={() => useUi.getState().go({ kind: 'setup', section: section.id })}
          className={classes(
            'flex h-8 items-center gap-2.5 rounded-md px-2 text-left transition-colors',
            section === current ? 'bg-selected font-medium' : 'text-soft hover:bg-hover hover:text-text',
          )}
        >
          <Icon of={section.icon} className={section === current ? 'text-accent-ink' : undefined} />
          {section.title}
        </button>
      ))}
    </nav>
  );
}

/** Everything one sets once: a list of sections, each one column of fields. */
export function SetupScreen({ section }: { section: string }) {
  const current = SECTIONS.find(({ id }) => id === section) ?? GENERAL;
  const { Content } = current;
  return (
    <div className="flex min-w-0 flex-1">
      <SectionLinks current={current} />
      <section aria-label={current.title} className="min-w-0 flex-1 overflow-y-auto">
        <div className="max-w-160 px-8 pt-6 pb-16">
          <h2 className="font-semibold text-title">{current.title}</h2>
          <p className="mt-1 mb-6 text-soft">{current.lead}</p>
          <Content key={current.id} />
        </div>
      </section>
    </div>
  );
}
