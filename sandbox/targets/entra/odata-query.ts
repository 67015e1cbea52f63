/** What Graph answers instead of what was asked for. */
export class GraphRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export type GraphObject = Record<string, unknown>;

const unsupported = (): GraphRefusal =>
  new GraphRefusal(400, 'Request_UnsupportedQuery', 'Unsupported or invalid query filter clause specified.');

/** The part of OData's filters that the tenant takes: equalities joined by `and`, and `in` over texts. */
export function matching(filter: string): (row: GraphObject) => boolean {
  const tests: Array<(row: GraphObject) => boolean> = [];
  let rest = filter.trim();
  for (;;) {
    const equality = /^([A-Za-z0-9/]+) eq (?:'((?:[^']|'')*)'|([0-9a-f-]{36}))/.exec(rest);
    const oneOf = /^([A-Za-z0-9/]+) in \(('(?:[^']|'')*'(?:,'(?:[^']|'')*')*)\)/.exec(rest);
    const found = equality ?? oneOf;
    if (!found) throw unsupported();
    const [all, property = ''] = found;
    if (equality) {
      const wanted = (equality[2]?.replaceAll("''", "'") ?? equality[3] ?? '').toLowerCase();
      tests.push((row) => textAt(row, property)?.toLowerCase() === wanted);
    } else {
      const values = [...(oneOf?.[2] ?? '').matchAll(/'((?:[^']|'')*)'/g)].map(([, value]) =>
        value?.replaceAll("''", "'"),
      );
      if (values.length > 15) throw unsupported();
      tests.push((row) => values.includes(textAt(row, property)));
    }
    rest = rest.slice(all.length);
    if (rest === '') return (row) => tests.every((test) => test(row));
    if (!rest.startsWith(' and ')) throw unsupported();
    rest = rest.slice(' and '.length);
  }
}

function textAt(row: GraphObject, property: string): string | undefined {
  const value = property
    .split('/')
    .reduce<unknown>(
      (at, name) => (typeof at === 'object' && at !== null ? (at as GraphObject)[name] : undefined),
      row,
    );
  return typeof value === 'string' ? value : undefined;
}

/** The named properties, or all of them. Types always stay. */
export function selected(row: GraphObject, select: string | null): GraphObject {
  if (select === null) return row;
  const names = new Set([...select.split(','), 'id']);
  return Object.fromEntries(Object.entries(row).filter(([name]) => names.has(name) || name.startsWith('@odata.')));
}

export interface Listing {
  readonly rows: readonly GraphObject[];
  readonly query: URLSearchParams;
  /** Path under the version, for the next page. */
  readonly path: string;
  readonly eventual: boolean;
  readonly base: string;
  readonly pageSize: number;
}

/** A page of rows: filtered, counted and cut. */
export function listed({ rows, query, path, eventual, base, pageSize }: Listing): GraphObject {
  const count = query.get('$count') === 'true';
  const filter = query.get('$filter');
  if ((count || filter?.includes('onPremisesExtensionAttributes')) && !eventual)
    throw new GraphRefusal(400, 'Request_UnsupportedQuery', 'This query needs the header ConsistencyLevel: eventual.');
  if (count && query.has('$expand')) throw unsupported();
  const found = filter === null ? rows : rows.filter(matching(filter));
  const start = Number(query.get('$skiptoken') ?? '0');
  const top = query.has('$top') ? Number(query.get('$top')) : pageSize;
  if (!Number.isInteger(top) || top < 1 || top > 999)
    throw new GraphRefusal(
      400,
      'Request_UnsupportedQuery',
      'Invalid page size specified: must be between 1 and 999 inclusive.',
    );
  const size = Math.min(top, pageSize);
  const page = found.slice(start, start + size).map((row) => selected(row, query.get('$select')));
  const on = new URLSearchParams(query);
  on.set('$skiptoken', String(start + size));
  return {
    '@odata.context': `${base}/$metadata#${path.slice(1)}`,
    ...(count && start === 0 ? { '@odata.count': found.length } : {}),
    ...(start + size < found.length ? { '@odata.nextLink': `${base}${path}?${on.toString()}` } : {}),
    value: page,
  };
}
