import { aboardRoutes } from './aboardRoutes.ts';
import { router } from './context.ts';
import { customerRoutes } from './customerRoutes.ts';
import {
  apiRoutes,
  draftRoutes,
  jobRoutes,
  mailRoutes,
  searchRoutes,
  settingsRoutes,
  tagRoutes,
  uploadRoutes,
} from './deskRoutes.ts';
import { appPasswordRoutes, dialectRoutes } from './dialectRoutes.ts';
import { departmentRoutes, profileRoutes, staffRoutes } from './peopleRoutes.ts';
import { secretRoutes } from './secretRoutes.ts';
import { securityRoutes } from './securityRoutes.ts';
import { sourceRoutes } from './sourceRoutes.ts';
import { syncRoutes } from './syncRoutes.ts';
import { sessionRoutes, systemRoutes } from './systemRoutes.ts';
import { queueRoutes, ticketRoutes } from './ticketRoutes.ts';
import { tokenRoutes } from './tokenRoutes.ts';
import { workspaceRoutes } from './workspaceRoutes.ts';

/** The app API: everything the window asks the core, but files and events. */
export const appRouter = router({
  system: systemRoutes,
  session: sessionRoutes,
  queues: queueRoutes,
  tickets: ticketRoutes,
  search: searchRoutes,
  customers: customerRoutes,
  departments: departmentRoutes,
  staff: staffRoutes,
  profile: profileRoutes,
  appPasswords: appPasswordRoutes,
  security: securityRoutes,
  sources: sourceRoutes,
  tags: tagRoutes,
  drafts: draftRoutes,
  uploads: uploadRoutes,
  settings: settingsRoutes,
  api: apiRoutes,
  tokens: tokenRoutes,
  dialects: dialectRoutes,
  secrets: secretRoutes,
  jobs: jobRoutes,
  mail: mailRoutes,
  sync: syncRoutes,
  workspaces: workspaceRoutes,
  aboard: aboardRoutes,
});
export type AppRouter = typeof appRouter;
