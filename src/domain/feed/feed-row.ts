import { displayText } from '../text';
import { readCsv } from './csv';

/** What a feed says of one entitlement. */
export interface FeedEntitlement {
  readonly id: string;
  readonly name: string;
  /** It has a row of its own, with no account in it. */
  readonly alone?: true;
}

/** What a feed says of one account. */
export interface FeedAccount {
  readonly id: string;
  readonly login: string;
  readonly active: boolean;
  /** Ids of everything it holds. */
  readonly holds: readonly string[];
  /** It has a row of its own, with no entitlement in it. */
  readonly alone?: true;
}

/** The rows of one body, put together by account. */
export interface FeedContent {
  /** Lines that carry a row, as the sender counts them. */
  readonly rows: number;
  readonly accounts: readonly FeedAccount[];
  readonly entitlements: readonly FeedEntitlement[];
}

/** Where a body is not what a feed is. Lines count from 1. */
export interface BadRow {
  readonly badLine: number;
}

const columns = ['account_id', 'login', 'active', 'entitlement_id', 'entitlement_name'] as const;
type Columns = Readonly<Record<(typeof columns)[number], string>>;

const longest = 255;

/**
 * The rows of a body: JSON lines when it begins with `{`, CSV with a header line otherwise. One row that is not understood
 * makes the whole body bad: a list that lacks a line is no list, and neither is one without any. So do rows that contradict
 * each other about an account or an entitlement, rows that are there twice, and CSV without a line end after its last row.
 */
export function readFeed(body: string): FeedContent | BadRow {
  const rows = body.startsWith('{') ? jsonRows(body) : csvRows(body);
  if ('badLine' in rows) return rows;
  return rows.length === 0 ? { badLine: 1 } : gathered(rows);
}

interface PlacedRow {
  readonly line: number;
  readonly row: Columns;
}

function csvRows(body: string): readonly PlacedRow[] | BadRow {
  const records = readCsv(body);
  if ('badLine' in records) return records;
  // A list that breaks off within its last field looks like a whole one, but for its line end.
  if (!body.endsWith('\n')) return { badLine: records.at(-1)?.line ?? 1 };
  const [head, ...rest] = records;
  const names = head?.fields ?? [];
  if (names.length !== columns.length || !columns.every((column) => names.includes(column))) return { badLine: 1 };
  const rows: PlacedRow[] = [];
  for (const { line, fields } of rest) {
    if (fields.length !== names.length) return { badLine: line };
    const field = (column: string): string => fields[names.indexOf(column)] ?? '';
    rows.push({
      line,
      row: {
        account_id: field('account_id'),
        login: field('login'),
        active: field('active'),
        entitlement_id: field('entitlement_id'),
        entitlement_name: field('entitlement_name'),
      },
    });
  }
  return rows;
}

function jsonRows(body: string): readonly PlacedRow[] | BadRow {
  const lines = body.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const rows: PlacedRow[] = [];
  for (const [index, text] of lines.entries()) {
    const row = jsonRow(text);
    if (row === undefined) return { badLine: index + 1 };
    rows.push({ line: index + 1, row });
  }
  return rows;
}

function jsonRow(text: string): Columns | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const members = new Map(Object.entries(value));
  for (const name of members.keys()) if (!(columns as readonly string[]).includes(name)) return undefined;
  const active = members.get('active');
  const texts = columns.map((column): string | undefined => {
    const member: unknown = members.get(column);
    if (column === 'active')
      return active === undefined ? '' : typeof active === 'boolean' ? String(active) : undefined;
    return member === undefined ? '' : typeof member === 'string' ? member : undefined;
  });
  if (texts.includes(undefined)) return undefined;
  const [account_id = '', login = '', activeText = '', entitlement_id = '', entitlement_name = ''] = texts;
  return { account_id, login, active: activeText, entitlement_id, entitlement_name };
}

function gathered(rows: readonly PlacedRow[]): FeedContent | BadRow {
  const accounts = new Map<string, { login: string; active: boolean; holds: Set<string>; alone?: true }>();
  const entitlements = new Map<string, { name: string; alone?: true }>();
  const seen = new Set<string>();
  for (const { line, row } of rows) {
    if (!isSound(row)) return { badLine: line };
    const { account_id, login, entitlement_id, entitlement_name } = row;
    // A row that is there twice can hide one that was lost: the count would be right all the same.
    const pair = JSON.stringify([account_id, entitlement_id]);
    if (seen.has(pair)) return { badLine: line };
    seen.add(pair);
    const active = row.active === 'true';
    if (entitlement_id !== '') {
      const named = entitlements.get(entitlement_id) ?? { name: entitlement_name };
      if (named.name !== entitlement_name) return { badLine: line };
      if (account_id === '') named.alone = true;
      entitlements.set(entitlement_id, named);
    }
    if (account_id === '') continue;
    const known = accounts.get(account_id) ?? { login, active, holds: new Set() };
    if (known.login !== login || known.active !== active) return { badLine: line };
    if (entitlement_id === '') known.alone = true;
    else known.holds.add(entitlement_id);
    accounts.set(account_id, known);
  }
  return {
    rows: rows.length,
    accounts: [...accounts].map(([id, { holds, ...account }]) => ({ id, ...account, holds: [...holds] })),
    entitlements: [...entitlements].map(([id, named]) => ({ id, ...named })),
  };
}

/** An account, an entitlement, or an account that holds an entitlement; each of them whole. */
function isSound(row: Columns): boolean {
  const account = [row.account_id, row.login];
  const entitlement = [row.entitlement_id, row.entitlement_name];
  const noAccount = account.every((text) => text === '') && row.active === '';
  const noEntitlement = entitlement.every((text) => text === '');
  const wholeAccount = account.every(isPlain) && (row.active === 'true' || row.active === 'false');
  return !(noAccount && noEntitlement) && (noAccount || wholeAccount) && (noEntitlement || entitlement.every(isPlain));
}

/** Nothing invisible, nothing around it, composed, not too long: ids are compared exactly, so they must be what they look like. */
function isPlain(text: string): boolean {
  return text !== '' && text.trim() === text && displayText(text, longest) === text;
}
