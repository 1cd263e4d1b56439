import { z } from 'zod';
import { department, staffMember } from '../../../../shared/contract/desk.ts';
import {
  changePasswordInput,
  confirmSecondFactorInput,
  createStaffDone,
  createStaffInput,
  currentPasswordInput,
  deleteDepartmentDone,
  deleteDepartmentInput,
  departmentDeletion,
  departmentFields,
  departmentIdInput,
  endOwnSessionInput,
  endSessionInput,
  profile,
  recoveryCodesDone,
  reorderDepartmentsInput,
  resetLink,
  resetPasswordDone,
  secondFactorOffer,
  setStaffActiveInput,
  signInRecord,
  signInsInput,
  staffIdInput,
  staffRecord,
  staffSession,
  updateDepartmentInput,
  updateProfileInput,
  updateStaffInput,
} from '../../../../shared/contract/people.ts';
import { departmentId } from '../../../../shared/model/ids.ts';
import { removeAvatar } from '../../services/avatars.ts';
import * as departmentAdmin from '../../services/departmentAdmin.ts';
import { createDepartment, updateDepartment } from '../../services/departments.ts';
import { listDepartments, listStaff } from '../../services/directory.ts';
import { makeResetLink, revokeResetLink } from '../../services/passwordReset.ts';
import * as own from '../../services/profile.ts';
import { endSession, listSessions, signInLog } from '../../services/sessionList.ts';
import * as staffAdmin from '../../services/staffAdmin.ts';
import { router, staffOnly, unwrap } from './context.ts';

const oneRecord = z.object({ staff: staffRecord });
const sessionList = z.object({ sessions: z.array(staffSession) });

export const departmentRoutes = router({
  list: staffOnly
    .output(z.object({ departments: z.array(department) }))
    .query(({ ctx }) => ({ departments: listDepartments(ctx.deps) })),
  create: staffOnly
    .input(departmentFields)
    .output(z.object({ departmentId }))
    .mutation(({ ctx, input }) => ({ departmentId: unwrap(createDepartment(ctx.deps, ctx.actor, input)) })),
  update: staffOnly
    .input(updateDepartmentInput)
    .mutation(({ ctx, input }) => unwrap(updateDepartment(ctx.deps, ctx.actor, input.departmentId, input))),
  reorder: staffOnly
    .input(reorderDepartmentsInput)
    .mutation(({ ctx, input }) =>
      unwrap(departmentAdmin.reorderDepartments(ctx.deps, ctx.actor, input.departmentIds)),
    ),
  deletion: staffOnly
    .input(departmentIdInput)
    .output(departmentDeletion)
    .query(({ ctx, input }) => unwrap(departmentAdmin.departmentDeletion(ctx.deps, input.departmentId))),
  delete: staffOnly
    .input(deleteDepartmentInput)
    .output(deleteDepartmentDone)
    .mutation(async ({ ctx, input }) =>
      unwrap(
        await departmentAdmin.removeDepartment(ctx.services, ctx.actor, input.departmentId, input.moveTo),
      ),
    ),
});

export const staffRoutes = router({
  list: staffOnly
    .output(z.object({ staff: z.array(staffMember) }))
    .query(({ ctx }) => ({ staff: listStaff(ctx.deps) })),
  records: staffOnly
    .output(z.object({ staff: z.array(staffRecord) }))
    .query(({ ctx }) => ({ staff: staffAdmin.staffRecords(ctx.deps) })),
  create: staffOnly
    .input(createStaffInput)
    .output(createStaffDone)
    .mutation(async ({ ctx, input }) => unwrap(await staffAdmin.createStaff(ctx.deps, ctx.actor, input))),
  update: staffOnly
    .input(updateStaffInput)
    .output(oneRecord)
    .mutation(({ ctx, input: { staffId, ...fields } }) => ({
      staff: unwrap(staffAdmin.updateStaff(ctx.deps, ctx.actor, staffId, fields)),
    })),
  setActive: staffOnly
    .input(setStaffActiveInput)
    .output(oneRecord)
    .mutation(({ ctx, input }) => ({
      staff: unwrap(staffAdmin.setStaffActive(ctx.deps, ctx.actor, input.staffId, input.isActive)),
    })),
  resetPassword: staffOnly
    .input(staffIdInput)
    .output(resetPasswordDone)
    .mutation(async ({ ctx, input }) =>
      unwrap(await staffAdmin.resetPassword(ctx.deps, ctx.actor, input.staffId)),
    ),
  makeResetLink: staffOnly
    .input(staffIdInput)
    .output(resetLink)
    .mutation(({ ctx, input }) => unwrap(makeResetLink(ctx.deps, ctx.actor, input.staffId))),
  revokeResetLink: staffOnly
    .input(staffIdInput)
    .mutation(({ ctx, input }) => unwrap(revokeResetLink(ctx.deps, ctx.actor, input.staffId))),
  dropSecondFactor: staffOnly
    .input(staffIdInput)
    .output(oneRecord)
    .mutation(({ ctx, input }) => ({
      staff: unwrap(staffAdmin.dropStaffSecondFactor(ctx.deps, ctx.actor, input.staffId)),
    })),
  signIns: staffOnly
    .input(signInsInput)
    .output(z.object({ signIns: z.array(signInRecord) }))
    .query(({ ctx, input }) => ({ signIns: signInLog(ctx.deps, input.staffId) })),
  sessions: staffOnly
    .input(staffIdInput)
    .output(sessionList)
    .query(({ ctx, input }) => ({ sessions: listSessions(ctx.deps, input.staffId, ctx.sessionToken) })),
  endSession: staffOnly
    .input(endSessionInput)
    .mutation(({ ctx, input }) => unwrap(endSession(ctx.deps, ctx.actor, input.staffId, input.sessionId))),
});

export const profileRoutes = router({
  get: staffOnly.output(profile).query(({ ctx }) => unwrap(own.profileOf(ctx.deps, ctx.actor))),
  update: staffOnly
    .input(updateProfileInput)
    .output(profile)
    .mutation(({ ctx, input }) => unwrap(own.updateProfile(ctx.deps, ctx.actor, input))),
  changePassword: staffOnly
    .input(changePasswordInput)
    .mutation(async ({ ctx, input }) =>
      unwrap(await own.changePassword(ctx.deps, ctx.actor, input, ctx.sessionToken)),
    ),
  // A mutation: each call makes another secret.
  offerSecondFactor: staffOnly
    .output(secondFactorOffer)
    .mutation(({ ctx }) => unwrap(own.offerSecondFactor(ctx.deps, ctx.actor))),
  confirmSecondFactor: staffOnly
    .input(confirmSecondFactorInput)
    .output(recoveryCodesDone)
    .mutation(async ({ ctx, input }) => unwrap(await own.confirmSecondFactor(ctx.deps, ctx.actor, input))),
  dropSecondFactor: staffOnly
    .input(currentPasswordInput)
    .output(profile)
    .mutation(async ({ ctx, input }) =>
      unwrap(await own.dropSecondFactor(ctx.deps, ctx.actor, input.currentPassword)),
    ),
  renewRecoveryCodes: staffOnly
    .input(currentPasswordInput)
    .output(recoveryCodesDone)
    .mutation(async ({ ctx, input }) =>
      unwrap(await own.renewRecoveryCodes(ctx.deps, ctx.actor, input.currentPassword)),
    ),
  removeAvatar: staffOnly.mutation(async ({ ctx }) => unwrap(await removeAvatar(ctx.deps, ctx.actor))),
  sessions: staffOnly
    .output(sessionList)
    .query(({ ctx }) => ({ sessions: listSessions(ctx.deps, ctx.actor.staffId, ctx.sessionToken) })),
  endSession: staffOnly
    .input(endOwnSessionInput)
    .mutation(({ ctx, input }) =>
      unwrap(endSession(ctx.deps, ctx.actor, ctx.actor.staffId, input.sessionId)),
    ),
});
