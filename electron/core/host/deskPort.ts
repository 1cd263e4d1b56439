import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { StaffId } from '../../../shared/model/ids.ts';
import { err, ok } from '../../../shared/util/result.ts';
import type { DeskPort } from '../api/deskPort.ts';
import type { Owner } from './command.ts';
import { isSetupCode } from './setupCode.ts';

/**
 * The desk as the servers of one surface see it. `setupCode` is what whoever sets it up has to know; null on
 * the control socket and on a desk that only this machine reaches.
 */
export function createDeskPort(owner: Owner, setupCode: string | null): DeskPort {
  const { desk } = owner;
  // Who knows no code learns at least that there is nothing left to set up.
  const isRefused = (code: string | undefined): boolean =>
    setupCode !== null && !isSetupCode(code, setupCode) && !desk.refusesSetup();
  const wrongCode = (field = 'code') => err(appErrorOf('setup_code_wrong', { field }));
  return {
    events: desk.events,
    workspaces: owner.workspaces,
    status: () => ({ ...desk.status(), needsSetupCode: setupCode !== null }),
    services: () => {
      const services = desk.ready();
      return services.ok ? services.value : null;
    },
    checks: () => owner.checks(),
    install: async (input) => (isRefused(input.code) ? wrongCode() : desk.install(input)),
    connect: async ({ setupCode: given, ...input }) => {
      if (isRefused(given)) return wrongCode('setupCode');
      const connected = await desk.connect(input);
      if (!connected.ok) return connected;
      const { staff, missing } = connected.value;
      return ok({ staffId: staff.id as StaffId, missing: [...missing] });
    },
    installDemo: async (tickets, code) => (isRefused(code) ? wrongCode() : desk.installDemo(tickets)),
    upgrade: () => {
      void desk.upgrade();
      return ok(desk.status());
    },
    apiAddress: () => owner.apiAddress(),
  };
}
