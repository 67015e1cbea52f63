/** Why a call was refused. Screens find their text by the code; the text that comes along is for people without a screen. */
export const errorCodes = [
  'unknown-function',
  'invalid-input',
  'no-permission',
  'not-found',
  'not-governed',
  'conflict',
  'unavailable',
  'broken',
  'not-approver',
  'not-independent',
  'not-open',
  'already-decided',
  'content-changed',
  'not-governance-owner',
  'not-possible-now',
  'reason-required',
  'expiry-refused',
  'owner-refused',
  'limit-reached',
  'address-refused',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** How an error travels: one line that ends in its code, because only a message survives the bridge. */
export function errorLine(code: ErrorCode, text: string): string {
  return `${text} [${code}]`;
}

/** The parts of an error line; anything else is `broken`. */
export function parseErrorLine(line: string): { readonly code: ErrorCode; readonly text: string } {
  const match = /^(?:There was an error invoking the function - )?([\s\S]*) \[([a-z-]+)\]$/.exec(line);
  const code = errorCodes.find((known) => known === match?.[2]);
  return match && code ? { code, text: match[1] ?? '' } : { code: 'broken', text: line };
}
