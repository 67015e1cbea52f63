/** A person by initials: the sandbox has no pictures and loads none. */

const TINTS = ['blue', 'teal', 'green', 'orange', 'magenta', 'purple', 'red', 'lime'];

export function Face({ name, size = 24 }: { name: string; size?: 16 | 24 | 32 | 40 }) {
  const initials = name
    .split(' ')
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase();
  const tint = TINTS[[...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % TINTS.length] ?? 'blue';
  return (
    // Drawn and not written: the letters are no part of a name that is read out.
    <span className={`face face--${size} face--${tint}`} data-initials={initials} aria-hidden="true" />
  );
}

export function PersonName({ name, size = 24 }: { name: string; size?: 16 | 24 | 32 | 40 }) {
  return (
    <span className="person-name">
      <Face name={name} size={size} />
      <span>{name}</span>
    </span>
  );
}
