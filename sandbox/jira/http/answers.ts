import type { SiteResponse } from '../../contracts';
import type { Refusal } from '../refusal';

const json = { 'content-type': 'application/json;charset=UTF-8' };

/** An answer with a body. `objects` is what Jira's points count: 1 per object, 2 per identity object. */
export function answer(body: unknown, objects = 1, status = 200): SiteResponse {
  return { status, headers: { ...json }, body, objects };
}

export const created = (body: unknown): SiteResponse => answer(body, 1, 201);

export const noContent = (): SiteResponse => ({ status: 204, headers: {} });

export const identities = (body: unknown, count: number): SiteResponse => answer(body, 2 * count);

/** Errors look different in the two API families. */
export function refusalAnswer(refusal: Refusal, path: string): SiteResponse {
  const body = path.startsWith('/rest/servicedeskapi/')
    ? {
        errorMessage: [
          ...refusal.messages,
          ...Object.entries(refusal.fieldErrors).map(([field, message]) => `${field}: ${message}`),
        ].join(' '),
        i18nErrorMessage: { i18nKey: `sd.sandbox.error.${refusal.status}`, parameters: [] },
      }
    : { errorMessages: [...refusal.messages], errors: { ...refusal.fieldErrors } };
  return { status: refusal.status, headers: { ...json }, body, objects: 0 };
}
