import * as v from 'valibot';
import { leaverInput, leaverListInput } from '../../contract/leaver-list-input';
import { parseInstant } from '../../domain/instant';
import type { Leaver, LeaverName } from '../../domain/leaver/leaver-list';
import { signedOf } from '../../domain/signature';
import { identifier } from '../../domain/text';
import type { Ports } from '../../usecases/ports';
import { takeLeavers, type EntryRefusal, type SentList } from '../../usecases/take-leavers';
import { headersOf, isLarger, signatureHeaders, type WebRequest } from './web-request';

/** The outputs that manifest.yml declares: the trigger is static, so nothing else can be answered. */
type OutputKey = 'accepted' | 'partly' | 'malformed' | 'refused' | 'unavailable';

const mostBytes = 200_000;
const mostEntries = 500;

/**
 * Takes in signed lists of leavers. Whatever is not signed by a key of the admin is `refused`, always in the same way:
 * first by its form, without storage, then by its signature, with one read. Only what is genuine is looked into.
 */
export function createLeavers(ports: () => Ports) {
  return async (request: WebRequest): Promise<{ readonly outputKey: OutputKey }> => {
    const { method, body } = request;
    const header = headersOf(request.headers);
    const signed = signedOf(signatureHeaders(header));
    if (method !== 'POST' || !signed || typeof body !== 'string' || isLarger(body, mostBytes))
      return { outputKey: 'refused' };
    const opened = ports();
    try {
      return { outputKey: await takeLeavers(opened, { signed, body, parse: () => parseList(body) }) };
    } catch (error) {
      opened.log.note('leavers-not-taken', { error: error instanceof Error ? error.name : 'unknown' });
      return { outputKey: 'unavailable' };
    }
  };
}

/**
 * The entries of a body: `{"v":1,"leavers":[...]}`, or one entry a line. Undefined when it is neither, or more than one
 * list may hold. Entries count from 1.
 */
export function parseList(body: string): SentList | undefined {
  const rows = rowsOf(body);
  if (rows === undefined || rows.length > mostEntries) return undefined;
  const entries: Leaver[] = [];
  const refused: EntryRefusal[] = [];
  rows.forEach((row, index) => {
    const read = entryOf(row);
    if ('who' in read) entries.push(read);
    else refused.push({ entry: index + 1, problem: read.problem });
  });
  return { entries, refused };
}

const unreadable = Symbol('unreadable');

function rowsOf(body: string): readonly unknown[] | undefined {
  const whole = json(body);
  if (isObject(whole) && ('leavers' in whole || 'v' in whole)) {
    const list = v.safeParse(leaverListInput, whole);
    return list.success ? list.output.leavers : undefined;
  }
  const lines = body.split('\n').filter((line) => line.trim() !== '');
  const rows = lines.map(json);
  // Not one line that is an object: this is something else than a list.
  return rows.some(isObject) ? rows : undefined;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return unreadable;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function entryOf(row: unknown): Leaver | Pick<EntryRefusal, 'problem'> {
  if (!isObject(row)) return { problem: 'form' };
  const read = v.safeParse(leaverInput, row);
  if (!read.success) return { problem: 'form' };
  const { id, login, employeeNumber, kind } = read.output;
  const names = [named('id', id), named('login', login), named('employee-number', employeeNumber)];
  const [who, ...more] = names.filter((name) => name !== undefined);
  if (who === undefined || more.length > 0) return { problem: 'one-name' };
  if (who === 'unclear') return { problem: 'name' };
  const at = parseInstant(read.output.at);
  return at === undefined ? { problem: 'instant' } : { who, kind, at };
}

/** Names that look like other names are refused, as everywhere. */
function named(by: LeaverName['by'], text: string | undefined): LeaverName | 'unclear' | undefined {
  if (text === undefined) return undefined;
  const name = identifier(text);
  return name.ok ? { by, value: name.value } : 'unclear';
}
