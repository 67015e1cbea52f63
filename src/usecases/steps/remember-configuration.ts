import type { Configuration, Ports } from '../ports';

/** The same ports with every configuration document read once: for one invocation, in which it may well stay the same. */
export function rememberConfiguration(ports: Ports): Ports {
  const known = new Map<string, Promise<unknown>>();
  const get: Configuration['get'] = (kind, id) => {
    const key = `${kind}:${id}`;
    const found = known.get(key) ?? ports.configuration.get(kind, id);
    known.set(key, found);
    return found as ReturnType<typeof ports.configuration.get<typeof kind>>;
  };
  return { ...ports, configuration: { ...ports.configuration, get } };
}
