/** What the manifest's entity schema lets in. */
import type { AttributeType, EntitySchema } from '../manifest';
import { Refusal } from './refusal';

const MAX_PARTITION_BYTES = 1700;
const MAX_RANGE_BYTES = 900;

export function entityOf(entities: ReadonlyMap<string, EntitySchema>, name: unknown): EntitySchema {
  const schema = typeof name === 'string' ? entities.get(name) : undefined;
  if (!schema)
    throw new Refusal(400, 'INVALID_ENTITY', `Entity ${JSON.stringify(name)} is not declared in the manifest`);
  return schema;
}

export function checkEntityValue(schema: EntitySchema, value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refusal(400, 'INVALID_VALUE', `A value of entity ${schema.name} must be an object`);
  const row = value as Record<string, unknown>;
  for (const [name, attribute] of Object.entries(row)) {
    const type = schema.attributes.get(name);
    if (type === undefined) throw invalid(schema, name, 'is not declared in the manifest');
    if (!isOfType(attribute, type)) throw invalid(schema, name, `must be of type ${type}`);
    if (attribute === '') throw invalid(schema, name, 'must not be an empty string');
  }
  for (const index of schema.indexes.values()) {
    checkBytes(schema, row, index.partition, MAX_PARTITION_BYTES);
    checkBytes(schema, row, index.range, MAX_RANGE_BYTES);
  }
  return row;
}

export function isOfType(value: unknown, type: AttributeType): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'float':
      return typeof value === 'number' && Number.isFinite(value);
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31;
    case 'any':
      return true;
  }
}

function checkBytes(schema: EntitySchema, row: Record<string, unknown>, names: string[], most: number): void {
  for (const name of names) {
    const value = row[name];
    if (typeof value === 'string' && Buffer.byteLength(value) > most)
      throw invalid(schema, name, `is indexed and must have at most ${most} bytes`);
  }
}

const invalid = (schema: EntitySchema, attribute: string, what: string) =>
  new Refusal(400, 'INVALID_VALUE', `Attribute ${attribute} of entity ${schema.name} ${what}`);
