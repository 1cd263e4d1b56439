import { z } from 'zod';
import { components } from './call.ts';

/** A JSON Schema 2020-12, as far as this folder looks into it. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly [keyword: string]: unknown;
}

export interface Field {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
}

const EVERY_INTEGER = new Set<unknown>([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]);

const OPTIONS = {
  io: 'input' as const,
  override: ({ jsonSchema }: { jsonSchema: Record<string, unknown> }) => {
    for (const bound of ['minimum', 'maximum'])
      if (EVERY_INTEGER.has(jsonSchema[bound])) delete jsonSchema[bound];
  },
};

export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, OPTIONS) as JsonSchema;
  return json;
}

/** The registered schemas, each referring to the others by its place in the document. */
export function componentSchemas(): Record<string, JsonSchema> {
  const uri = (id: string): string => `#/components/schemas/${id}`;
  const { schemas } = z.toJSONSchema(components, { ...OPTIONS, uri });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _, $id, ...json }]) => [id, json as JsonSchema]),
  );
}

/** The fields of a form or of a query, in their order. */
export function fieldsOf(object: z.ZodObject | undefined): Field[] {
  if (!object) return [];
  const { properties = {}, required = [] } = jsonSchemaOf(object);
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    schema,
    isRequired: required.includes(name),
  }));
}

/** A value as the schema describes it, made of its examples. */
export function exampleOf(schema: JsonSchema, all: Readonly<Record<string, JsonSchema>>): unknown {
  const named = schema.$ref?.split('/').at(-1);
  if (named !== undefined) return exampleOf(all[named] ?? {}, all);
  if (schema.const !== undefined) return schema.const;
  const example = schema.examples?.[0] ?? schema.enum?.[0];
  if (example !== undefined) return example;
  const [first] = schema.anyOf ?? [];
  if (first) return exampleOf(first, all);
  if (schema.items) return [exampleOf(schema.items, all)];
  // What only some are told is not typical.
  const { properties = {}, required = [] } = schema;
  return Object.fromEntries(required.map((name) => [name, exampleOf(properties[name] ?? {}, all)]));
}
