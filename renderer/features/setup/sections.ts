import {
  CloudCog,
  CodeXml,
  Contact,
  Info,
  KeyRound,
  Layers,
  LogIn,
  Mail,
  Palette,
  ShieldCheck,
  SlidersHorizontal,
  Ticket,
  UserRound,
  UsersRound,
} from 'lucide-react';
import type { ComponentType } from 'react';
import type { LucideIcon } from '../../ui/index.ts';
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
import { ServerSection } from './server/ServerSection.tsx';
import { SourcesSection } from './sources/SourcesSection.tsx';
import { StaffSection } from './staff/StaffSection.tsx';
import { TicketsSection } from './tickets/TicketsSection.tsx';

export type Section = {
  id: string;
  title: string;
  lead: string;
  icon: LucideIcon;
  Content: ComponentType;
  /** There in a remote workspace only. */
  remote?: 'server';
};

/** Every section of Setup, in the groups and the order of its navigation. */
export const SECTION_GROUPS: readonly { title: string | null; sections: readonly Section[] }[] = [
  {
    title: 'You',
    sections: [
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
    ],
  },
  {
    title: 'Desk',
    sections: [
      {
        id: 'general',
        title: 'General',
        lead: 'What the desk is called and where it is.',
        icon: SlidersHorizontal,
        Content: GeneralSection,
      },
      {
        id: 'server',
        title: 'Server',
        lead: 'The HelpDeskZ that this desk mirrors.',
        icon: CloudCog,
        Content: ServerSection,
        remote: 'server',
      },
      {
        id: 'departments',
        title: 'Departments',
        lead: 'Where tickets are sorted into, in the order everyone sees.',
        icon: Layers,
        Content: DepartmentsSection,
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
    ],
  },
  {
    title: 'People',
    sections: [
      {
        id: 'customers',
        title: 'Customers',
        lead: 'Who writes to you, and from which addresses.',
        icon: Contact,
        Content: CustomersSection,
      },
      {
        id: 'staff',
        title: 'Staff',
        lead: 'Who works here, what they see and how they sign in.',
        icon: UsersRound,
        Content: StaffSection,
      },
    ],
  },
  {
    title: 'Access',
    sections: [
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
        id: 'api',
        title: 'API',
        lead: 'The HelpDeskZ API for your scripts.',
        icon: CodeXml,
        Content: ApiSection,
      },
    ],
  },
  {
    title: null,
    sections: [
      {
        id: 'about',
        title: 'About',
        lead: 'This Staffdesk and this machine.',
        icon: Info,
        Content: AboutSection,
      },
    ],
  },
];

export const SECTIONS: readonly Section[] = SECTION_GROUPS.flatMap(({ sections }) => sections);
