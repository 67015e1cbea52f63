import { refuse } from '../refusal';
import type { Call } from './operation';

function wholeNumber(call: Call, name: string, fallback: number): number {
  const text = call.query.get(name);
  if (text === null || text === '') return fallback;
  if (!/^\d{1,9}$/.test(text)) throw refuse(400, `The value of '${name}' must be a whole number, 0 or more.`);
  return Number(text);
}

const withQuery = (call: Call, changes: Record<string, number>): string => {
  const url = new URL(call.path, call.site.baseUrl());
  for (const [name, value] of Object.entries(changes)) url.searchParams.set(name, String(value));
  return url.toString();
};

export interface Window<T> {
  startAt: number;
  maxResults: number;
  total: number;
  values: T[];
}

/** The platform's `startAt`/`maxResults` window over a list. */
export function platformWindow<T>(call: Call, all: readonly T[], defaultSize = 50, largest = 100): Window<T> {
  const startAt = wholeNumber(call, 'startAt', 0);
  const maxResults = Math.min(wholeNumber(call, 'maxResults', defaultSize), largest);
  return { startAt, maxResults, total: all.length, values: all.slice(startAt, startAt + maxResults) };
}

/** The platform's page bean. */
export function platformPage<T>(call: Call, all: readonly T[], render: (item: T) => unknown): Record<string, unknown> {
  const { startAt, maxResults, total, values } = platformWindow(call, all);
  const isLast = startAt + values.length >= total;
  return {
    self: withQuery(call, { startAt, maxResults }),
    ...(isLast ? {} : { nextPage: withQuery(call, { startAt: startAt + maxResults, maxResults }) }),
    maxResults,
    startAt,
    total,
    isLast,
    values: values.map(render),
  };
}

/** servicedeskapi's page: `start`/`limit`, with links. */
export function deskPage<T>(
  call: Call,
  all: readonly T[],
  render: (item: T) => unknown,
  expands: readonly string[] = [],
): { body: Record<string, unknown>; size: number } {
  const start = wholeNumber(call, 'start', 0);
  const limit = Math.min(wholeNumber(call, 'limit', 50), 100);
  const values = all.slice(start, start + limit);
  const isLastPage = start + values.length >= all.length;
  return {
    size: values.length,
    body: {
      _expands: [...expands],
      size: values.length,
      start,
      limit,
      isLastPage,
      _links: {
        self: withQuery(call, { start, limit }),
        base: call.site.baseUrl(),
        context: '',
        ...(isLastPage ? {} : { next: withQuery(call, { start: start + limit, limit }) }),
        ...(start === 0 ? {} : { prev: withQuery(call, { start: Math.max(0, start - limit), limit }) }),
      },
      values: values.map(render),
    },
  };
}

export function listParameter(query: URLSearchParams, name: string): string[] {
  return query
    .getAll(name)
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');
}
