type Defined<T> = T extends readonly (infer M)[]
  ? Defined<M>[]
  : T extends object
    ? { [K in keyof T as undefined extends T[K] ? never : K]: Defined<T[K]> } & {
        [K in keyof T as undefined extends T[K] ? K : never]?: Defined<Exclude<T[K], undefined>>;
      }
    : T;

/** The same value without members that are `undefined`: to storage and to hashes, absent is the only way to be empty. */
export function defined<T>(value: T): Defined<T> {
  if (Array.isArray(value)) return value.map((member: unknown) => defined(member)) as Defined<T>;
  if (typeof value !== 'object' || value === null) return value as Defined<T>;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [key, defined(member as unknown)])) as Defined<T>;
}
