/** One record of a CSV file, with the line it begins on. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * The records of a CSV file as RFC 4180 writes them: commas, double quotes around what needs them, a quote inside written
 * twice, lines ended by CRLF or LF. A byte order mark before the first record is passed over. Where the text is anything
 * else, the line on which nobody can be sure any more: a reader that guesses would read one list where another was meant.
 */
export function readCsv(text: string): readonly CsvRecord[] | { readonly badLine: number } {
  const records: CsvRecord[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const fields: string[] = [];
    const begins = line;
    for (let more = true; more;) {
      const field = text[at] === '"' ? quoted(text, at) : bare(text, at);
      if (field === undefined) return { badLine: line };
      fields.push(field.value);
      line += field.lines;
      at = field.end;
      more = text[at] === ',';
      if (more) at += 1;
    }
    if (text.startsWith('\r\n', at)) at += 2;
    else if (text[at] === '\n') at += 1;
    else if (at < text.length) return { badLine: line };
    line += 1;
    records.push({ line: begins, fields });
  }
  return records;
}

interface Field {
  readonly value: string;
  readonly end: number;
  /** Line ends inside it. */
  readonly lines: number;
}

const endOfBare = /[",\r\n]|$/g;

function bare(text: string, start: number): Field | undefined {
  endOfBare.lastIndex = start;
  const end = endOfBare.exec(text)?.index ?? text.length;
  return text[end] === '"' ? undefined : { value: text.slice(start, end), end, lines: 0 };
}

function quoted(text: string, start: number): Field | undefined {
  let value = '';
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return undefined;
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { value, end: quote + 1, lines: value.split('\n').length - 1 };
    value += '"';
    at = quote + 2;
  }
}
