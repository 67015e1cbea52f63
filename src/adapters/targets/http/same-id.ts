/**
 * Whether two ids differ in nothing but case, encoding or white space. Ids are compared exactly, so such a pair is not
 * the same; and it is too near to conclude that they are not.
 */
export function nearlyTheSame(one: string, other: string): boolean {
  return one !== other && folded(one) === folded(other);
}

/** Whether an id is among others. `nearly` is neither: nothing is concluded from it. */
export function spelled(ids: ReadonlyArray<string | undefined>, id: string): 'exactly' | 'nearly' | 'no' {
  if (ids.includes(id)) return 'exactly';
  return ids.some((other) => other !== undefined && nearlyTheSame(other, id)) ? 'nearly' : 'no';
}

function folded(id: string): string {
  let decoded = id;
  try {
    decoded = decodeURIComponent(id);
  } catch {
    // A percent sign that begins no escape stands for itself.
  }
  return decoded.normalize('NFKC').trim().toLowerCase();
}
