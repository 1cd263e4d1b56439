import { z } from 'zod';
import { TEXT } from '../../helpdeskz/texts.ts';
import { type ApiCall, CHANGES, CREATES, components, count, digits, said, success, text } from '../call.ts';
import { LIST, WHOLE_ERRORS } from '../lists.ts';

const department = z
  .object({
    id: digits('Number of the department.'),
    name: text('Name, HTML-escaped.', 'General'),
    private: z.enum(['0', '1']).meta({ description: '1 for staff only.' }),
  })
  .register(components, { id: 'Department' });

const TAG = { tag: 'Departments', idOf: 'the department' } as const;
const form = () =>
  z.object({
    name: text('Name.', 'Bug report'),
    private: z.literal([0, 1]).meta({ description: '1 for staff only.', examples: [0] }),
  });
const FORM_ERRORS = [
  TEXT.departmentNameMissing,
  TEXT.departmentTypeMissing,
  TEXT.departmentTypeNotValid,
] as const;

export const departmentCalls: readonly ApiCall[] = [
  {
    ...TAG,
    ...CREATES,
    id: 'departmentsCreate',
    method: 'POST',
    path: '/api/departments/create',
    aliases: ['/api/departments'],
    permission: 'departments.create',
    summary: 'Create a department',
    form: form(),
    answer: said(TEXT.departmentCreated, { department_id: count('Number of the new department.') }),
    errors: FORM_ERRORS,
  },
  {
    ...TAG,
    ...LIST,
    id: 'departmentsList',
    method: 'GET',
    path: '/api/departments',
    permission: 'departments.read',
    summary: 'List all departments',
    description: 'In the desk’s order, private ones included.',
    answer: success({ departments: z.array(department) }),
    errors: WHOLE_ERRORS,
  },
  {
    ...TAG,
    id: 'departmentsShow',
    method: 'GET',
    path: '/api/departments/show/{id}',
    aliases: ['/api/departments/{id}'],
    permission: 'departments.read',
    summary: 'Show a department',
    answer: success({ department }),
    errors: [TEXT.departmentNotFound],
  },
  {
    ...TAG,
    ...CHANGES,
    id: 'departmentsUpdate',
    method: 'POST',
    path: '/api/departments/update/{id}',
    permission: 'departments.update',
    summary: 'Change a department',
    form: form(),
    answer: said(TEXT.departmentUpdated),
    errors: [TEXT.departmentNotFound, ...FORM_ERRORS],
  },
  {
    ...TAG,
    ...CHANGES,
    id: 'departmentsDelete',
    method: 'POST',
    path: '/api/departments/delete/{id}',
    permission: 'departments.delete',
    summary: 'Delete a department with its tickets',
    answer: said(TEXT.departmentRemoved),
    errors: [TEXT.departmentNotFound],
  },
];
