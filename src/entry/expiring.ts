import { Unavailable, type Ports } from '../usecases/ports';

/**
 * Ports that stop working when told to. A gate that ran out of time answers while its work is still under way; whatever
 * that work does next must not happen, because by then the process may serve another customer
 * (developer.atlassian.com/platform/forge/function-reference/nodejs-runtime).
 */
export function expiring(ports: Ports): { readonly ports: Ports; readonly expire: () => void } {
  let expired = false;
  const guard = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, name): unknown {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]): unknown => {
          if (expired) throw new Unavailable('storage');
          return Reflect.apply(member, target, args);
        };
      },
    });
  const guarded = Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, guard(port as object)]));
  return { ports: guarded as unknown as Ports, expire: () => void (expired = true) };
}
