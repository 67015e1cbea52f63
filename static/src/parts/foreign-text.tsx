/** Text that somebody wrote: shown as it is, kept from turning the words around it, and broken when it is too long. */
export function ForeignText({ children, strong }: { children: string; strong?: boolean }) {
  return <bdi className={strong ? 'pg-foreign pg-strong' : 'pg-foreign'}>{children}</bdi>;
}
