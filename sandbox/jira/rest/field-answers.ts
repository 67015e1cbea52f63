import type { Field } from '../fields/catalogue';
import { priorities } from '../access-desk';

/** A field's schema as field lists and screens show it. */
export function schemaAnswer(field: Field): Record<string, unknown> {
  const digits = /^customfield_(\d+)$/.exec(field.id)?.[1];
  return { ...field.type.schema, ...(digits === undefined ? {} : { customId: Number(digits) }) };
}

export interface FieldMetadata {
  required: boolean;
  schema: Record<string, unknown>;
  name: string;
  key: string;
  operations: string[];
  allowedValues?: unknown[];
}

/** Fields as create and edit screens describe them. */
export function fieldMetadata(fields: readonly Field[]): Record<string, FieldMetadata> {
  return Object.fromEntries(
    fields.map((field) => [
      field.id,
      {
        required: field.required === true,
        schema: schemaAnswer(field),
        name: field.name,
        key: field.id,
        operations: field.type.schema.items === undefined ? ['set'] : ['add', 'set', 'remove'],
        ...(field.id === 'priority' ? { allowedValues: priorities.map(({ id, name }) => ({ id, name })) } : {}),
      },
    ]),
  );
}
