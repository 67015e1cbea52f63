/** Why an identifier is refused. */
export type IdentifierFault = 'empty' | 'too-long' | 'invisible' | 'confusable';

// Controls, zero-width characters, bidirectional overrides, soft hyphen, fillers, variation selectors, tag characters.
const invisible =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e0fff}]/u;
const scripts = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
];

/**
 * The canonical form of a name that selects something (a target system, an entitlement, an account): composed, trimmed,
 * inner white space single. Names that look like another one are refused, never repaired: invisible characters, letters
 * of several look-alike scripts in one name, compatibility forms (full-width, ligatures, mathematical letters).
 */
export function identifier(
  text: string,
  maxLength = 255,
): { ok: true; value: string } | { ok: false; fault: IdentifierFault } {
  if (invisible.test(text)) return { ok: false, fault: 'invisible' };
  const composed = text.normalize('NFC').replace(/\s+/gu, ' ').trim();
  if (composed === '') return { ok: false, fault: 'empty' };
  if (composed.length > maxLength) return { ok: false, fault: 'too-long' };
  if (composed !== composed.normalize('NFKC')) return { ok: false, fault: 'confusable' };
  if (scripts.filter((script) => script.test(composed)).length > 1) return { ok: false, fault: 'confusable' };
  return { ok: true, value: composed };
}

/** The key under which a canonical identifier is found: upper and lower case are the same name. */
export function identifierKey(value: string): string {
  return value.toLocaleLowerCase('en');
}

/**
 * Free text made harmless for showing in one line: invisible characters are written as their code point so that nobody
 * is misled by what they do to the reading order, and the length is bounded.
 */
export function displayText(text: string, maxLength = 500): string {
  const shown = Array.from(text.normalize('NFC').replace(/[\r\n\t]+/g, ' '), (char) =>
    invisible.test(char) ? `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}` : char,
  ).join('');
  const units = Array.from(shown);
  return units.length > maxLength ? `${units.slice(0, maxLength - 1).join('')}…` : shown;
}
