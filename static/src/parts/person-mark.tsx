/** A person's initials on a round ground. The name stands next to it. */
export function PersonMark({ name }: { name: string }) {
  const letters = name
    .split(/\s+/)
    .map((word) => Array.from(word).find((letter) => /[\p{L}\p{N}]/u.test(letter)) ?? '')
    .filter((letter) => letter !== '');
  const initials = letters.length > 1 ? `${letters[0]}${letters[letters.length - 1]}` : (letters[0] ?? '?');
  return (
    <span className="pg-person" aria-hidden="true">
      {initials.toUpperCase()}
    </span>
  );
}
