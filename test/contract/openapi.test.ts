import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTIONS } from '../../electron/core/api/helpdeskz/actions.ts';
import { findTarget, pathSegments } from '../../electron/core/api/helpdeskz/routing.ts';
import { schemaOf } from '../../electron/core/api/openapi/call.ts';
import { API_CALLS } from '../../electron/core/api/openapi/calls.ts';
import { exampleOf, fieldsOf, jsonSchemaOf } from '../../electron/core/api/openapi/fields.ts';
import { PERMISSIONS } from '../../shared/contract/desk.ts';
import { type ApiDesk, openApiDesk } from './support/apiDesk.ts';
import { type Caller, fieldParts, fillDesk, MESSAGE } from './support/caller.ts';
import { send } from './support/client.ts';
import { apiDocument, undocumented } from './support/documented.ts';
import { SMALL_PNG } from './support/png.ts';

let desk: ApiDesk;
let caller: Caller;
beforeAll(async () => {
  desk = await openApiDesk();
  caller = await fillDesk(desk);
  const file = { name: 'attachment[]', filename: 'picture.png', content: SMALL_PNG };
  await caller.postParts('/api/messages/create', [...fieldParts(MESSAGE), file]);
});
afterAll(() => desk.close());

describe('the document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(apiDocument))).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
    const broken = { ...structuredClone(apiDocument), paths: { '/x': { get: { responses: [] } } } };
    expect(await new Validator().validate(broken)).toMatchObject({ valid: false });
  });

  it('has every call that is answered, with its permission, and no other', () => {
    const answered = Object.entries(ACTIONS).flatMap(([resource, actions]) =>
      Object.entries(actions).map(
        ([name, { permission }]) => `${resource}.${name} ${[permission].flat().join(', ')}`,
      ),
    );
    const documented = Object.entries(apiDocument.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => {
        const target = findTarget(method.toUpperCase(), pathSegments(path.replace('{id}', '1')) ?? []);
        const name = target.kind === 'action' ? `${target.resource}.${target.action}` : path;
        return `${name} ${operation['x-permission'] ?? 'no token'}`;
      }),
    );
    expect([...new Set(documented)].sort()).toEqual(
      [...answered, '/api/docs no token', '/api/openapi.json no token'].sort(),
    );
    expect(new Set(API_CALLS.flatMap(({ permission }) => permission))).toEqual(
      new Set([...PERMISSIONS, null]),
    );
  });

  it('gives examples of answers that are answers', () => {
    for (const call of API_CALLS) {
      const schema = schemaOf(call);
      if (!schema) continue;
      const example = exampleOf(jsonSchemaOf(schema), apiDocument.components.schemas);
      const answer = { status: 200, contentType: 'application/json', body: JSON.stringify(example) };
      expect(undocumented(call.method, call.path.replace('{id}', '1'), answer)).toEqual([]);
    }
  });

  it('notices an answer with a key, a type, a text or a status that it does not have', () => {
    const user = { id: '1', fullname: 'A', email: 'a@example.com' };
    const problems = (body: object, status = 200) =>
      undocumented('GET', '/api/users/show/1', {
        status,
        contentType: 'application/json; charset=UTF-8',
        body: JSON.stringify(body),
      });
    expect(problems({ success: 1, user_data: user })).toEqual([]);
    expect(problems({ success: 1, user_data: { ...user, note: '' } })).toHaveLength(1);
    expect(problems({ success: 1, user_data: { ...user, id: 1 } })).toHaveLength(1);
    expect(problems({ error: 1, message: 'Ticket not found.' })).toHaveLength(1);
    expect(problems({ error: 1, message: 'User not found.' })).toEqual([]);
    expect(problems({ success: 1, user_data: user }, 201)).toHaveLength(1);
  });
});

const withForm = API_CALLS.filter((call) => call.form !== undefined && call.id !== 'staffAuth');

describe('what the document says of forms', () => {
  it.each(withForm.map((call) => [call.id, call] as const))(
    '%s asks for its required fields',
    async (_id, call) => {
      const path = call.path.replace('{id}', '1');
      for (const field of fieldsOf(call.form).filter(({ isRequired }) => isRequired)) {
        const others = fieldsOf(call.form).filter(
          ({ name, schema }) => name !== field.name && schema.examples,
        );
        const sent = Object.fromEntries(
          others.map(({ name, schema }) => [name, String(schema.examples?.[0])]),
        );
        expect(String((await caller.post(path, sent)).message)).toMatch(/ is missing\./);
      }
    },
  );

  it.each(withForm.map((call) => [call.id, call] as const))(
    '%s takes its example as JSON',
    async (_id, call) => {
      const fields = fieldsOf(call.form).filter(({ schema }) => schema.examples);
      const sent = Object.fromEntries(fields.map(({ name, schema }) => [name, schema.examples?.[0]]));
      // The address of the example is John's already.
      const body = Buffer.from(
        JSON.stringify({ ...sent, ...(call.id === 'usersCreate' ? { email: 'new@example.com' } : {}) }),
      );
      const headers = { Token: desk.token(), 'Content-Type': 'application/json' };
      const answer = await send(desk.port, {
        method: 'POST',
        path: call.path.replace('{id}', '1'),
        headers,
        body,
      });
      expect(JSON.parse(answer.body)).toMatchObject({ success: 1 });
    },
  );
});
