import { Refusal, refuse } from '../refusal';

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Parses a request body; an empty one is undefined. */
export function parseBody(text: string | undefined): unknown {
  if (text === undefined || text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw refuse(400, 'There was an error parsing JSON. Check that your request body is valid.');
  }
}

/** The body as an object, refusing anything else and any property that the operation does not know. */
export function bodyObject(body: unknown, known: readonly string[]): JsonObject {
  if (!isObject(body)) throw refuse(400, 'Invalid request payload. Refer to the REST API documentation and try again.');
  const unknown = Object.keys(body).find((property) => !known.includes(property));
  if (unknown !== undefined) {
    throw refuse(400, `Invalid request payload: Unrecognized field "${unknown}". Refer to the REST API documentation.`);
  }
  return body;
}

export function stringProperty(body: JsonObject, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '') throw new Refusal(400, [], { [name]: `${name} is required.` });
  return value;
}

export function stringsProperty(body: JsonObject, name: string): string[] {
  const value = body[name] ?? [];
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) {
    throw new Refusal(400, [], { [name]: `${name} must be a list of strings.` });
  }
  return value as string[];
}
