import type { FieldValues } from '../records';
import { Refusal } from '../refusal';
import { fieldById, type Field } from './catalogue';
import { FieldProblem, type Input } from './field-type';

const notOnScreen = (id: string): string =>
  `Field '${id}' cannot be set. It is not on the appropriate screen, or unknown.`;

/**
 * Parses what a caller wants to set. Every problem is collected, so that one answer names them all.
 * `onScreen` says which fields the screen or form at hand offers.
 */
export function readValues(
  wanted: Record<string, unknown>,
  input: Input,
  onScreen: (field: Field) => boolean,
): FieldValues {
  const values: FieldValues = {};
  const errors: Record<string, string> = {};
  for (const [id, value] of Object.entries(wanted)) {
    const field = fieldById(id);
    if (field === undefined || !field.settable || !onScreen(field)) {
      errors[id] = notOnScreen(id);
      continue;
    }
    try {
      const stored = value === null ? null : field.type.parse(value, input);
      if (stored === null && field.required === true) throw new FieldProblem(requiredMessage(field));
      values[id] = stored;
    } catch (error) {
      if (!(error instanceof FieldProblem)) throw error;
      errors[id] = error.message;
    }
  }
  if (Object.keys(errors).length > 0) throw new Refusal(400, [], errors);
  return values;
}

/** Refuses values that leave a required field empty. */
export function requireValues(values: FieldValues, required: readonly Field[]): void {
  const missing = required.filter((field) => (values[field.id] ?? null) === null);
  if (missing.length === 0) return;
  throw new Refusal(400, [], Object.fromEntries(missing.map((field) => [field.id, requiredMessage(field)])));
}

function requiredMessage(field: Field): string {
  return field.id === 'summary' ? 'You must specify a summary of the issue.' : `${field.name} is required.`;
}
