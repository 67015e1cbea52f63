import type { Site } from '../site-state';

/** A list within another answer: servicedeskapi wraps it as a page that holds everything. */
export function wholeList(site: Site, self: string, values: unknown[]): Record<string, unknown> {
  return {
    _expands: [],
    size: values.length,
    start: 0,
    limit: 50,
    isLastPage: true,
    _links: { self, base: site.baseUrl(), context: '' },
    values,
  };
}
