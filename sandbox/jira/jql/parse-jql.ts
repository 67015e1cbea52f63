import { refuse, type Refusal } from '../refusal';
import type { Clause, Condition, Operand, Operator, Query } from './query';

interface Token {
  kind: 'word' | 'quoted' | 'symbol' | 'end';
  text: string;
  at: number;
}

const pattern = /\s+|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(!=|!~|<=|>=|&&|\|\||[=~<>(),!])|([^\s()=!~<>,"'|&]+)/y;

function tokens(text: string): Token[] {
  const found: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) throw wrong(`The character '${text.charAt(at)}' at position ${at + 1} is not expected here.`);
    const quoted = match[1] ?? match[2];
    if (quoted !== undefined) found.push({ kind: 'quoted', text: quoted.replace(/\\(.)/g, '$1'), at });
    else if (match[3] !== undefined) found.push({ kind: 'symbol', text: match[3], at });
    else if (match[4] !== undefined) found.push({ kind: 'word', text: match[4], at });
  }
  return [...found, { kind: 'end', text: '', at: text.length }];
}

const wrong = (message: string): Refusal => refuse(400, `Error in the JQL Query: ${message}`);

/** Parses the subset of JQL that the sandbox models; anything else is refused with a message. */
export function parseJql(text: string): Query {
  return new Parser(tokens(text)).query();
}

class Parser {
  private position = 0;

  constructor(private readonly list: Token[]) {}

  query(): Query {
    const where = this.peekEnd() || this.peekWord('order') ? undefined : this.either();
    const orderBy = this.takeWord('order') ? this.ordering() : [];
    if (!this.peekEnd()) throw this.unexpected("Expecting either 'OR' or 'AND'");
    return where === undefined ? { orderBy } : { where, orderBy };
  }

  private ordering(): Query['orderBy'] {
    if (!this.takeWord('by')) throw this.unexpected("Expecting 'by'");
    const order: Query['orderBy'] = [];
    do {
      const field = this.name();
      const descending = this.takeWord('desc');
      if (!descending) this.takeWord('asc');
      order.push({ field, descending });
    } while (this.takeSymbol(','));
    return order;
  }

  private either(): Condition {
    const parts = [this.both()];
    while (this.takeWord('or') || this.takeSymbol('||')) parts.push(this.both());
    return parts.length === 1 ? (parts[0] as Condition) : { kind: 'or', parts };
  }

  private both(): Condition {
    const parts = [this.single()];
    while (this.takeWord('and') || this.takeSymbol('&&')) parts.push(this.single());
    return parts.length === 1 ? (parts[0] as Condition) : { kind: 'and', parts };
  }

  private single(): Condition {
    if (this.takeWord('not') || this.takeSymbol('!')) return { kind: 'not', part: this.single() };
    if (this.takeSymbol('(')) {
      const inner = this.either();
      if (!this.takeSymbol(')')) throw this.unexpected("Expecting ')'");
      return inner;
    }
    return this.clause();
  }

  private clause(): Clause {
    const field = this.name();
    const operator = this.operator();
    const operands = operator === 'in' || operator === 'not in' ? this.operandList() : [this.operand()];
    return { kind: 'clause', field, operator, operands };
  }

  private operator(): Operator {
    const token = this.take();
    const word = token.kind === 'word' ? token.text.toLowerCase() : undefined;
    if (word === 'in') return 'in';
    if (word === 'not' && this.takeWord('in')) return 'not in';
    if (word === 'is') return this.takeWord('not') ? 'is not' : 'is';
    if (token.kind === 'symbol' && ['=', '!=', '~', '!~', '<', '<=', '>', '>='].includes(token.text)) {
      return token.text as Operator;
    }
    this.position--;
    throw this.unexpected(
      "Expecting operator. The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'",
    );
  }

  private operandList(): Operand[] {
    if (!this.takeSymbol('(')) return [this.listFunction()];
    const operands = [this.operand()];
    while (this.takeSymbol(',')) operands.push(this.operand());
    if (!this.takeSymbol(')')) throw this.unexpected("Expecting ')' or ','");
    return operands;
  }

  /** `in` also takes a function that answers a list. */
  private listFunction(): Operand {
    const start = this.position;
    const operand = this.operand();
    if (operand.kind === 'function') return operand;
    this.position = start;
    throw this.unexpected("Expecting '('");
  }

  private operand(): Operand {
    const token = this.take();
    if (token.kind === 'quoted') return { kind: 'value', text: token.text, quoted: true };
    if (token.kind !== 'word') {
      this.position--;
      throw this.unexpected('Expecting either a value, list or function');
    }
    if (!this.takeSymbol('(')) return { kind: 'value', text: token.text, quoted: false };
    if (!this.takeSymbol(')')) throw wrong(`The sandbox models no function '${token.text}' with arguments.`);
    return { kind: 'function', name: token.text.toLowerCase(), text: `${token.text}()` };
  }

  private name(): string {
    const token = this.take();
    if (token.kind === 'word' || token.kind === 'quoted') return token.text;
    this.position--;
    throw this.unexpected('Expecting a field name');
  }

  private take(): Token {
    const token = this.list[this.position] ?? (this.list[this.list.length - 1] as Token);
    this.position++;
    return token;
  }

  private peekEnd(): boolean {
    return (this.list[this.position]?.kind ?? 'end') === 'end';
  }

  private peekWord(word: string): boolean {
    const token = this.list[this.position];
    return token?.kind === 'word' && token.text.toLowerCase() === word;
  }

  private takeWord(word: string): boolean {
    const found = this.peekWord(word);
    if (found) this.position++;
    return found;
  }

  private takeSymbol(symbol: string): boolean {
    const token = this.list[this.position];
    const found = token?.kind === 'symbol' && token.text === symbol;
    if (found) this.position++;
    return found;
  }

  private unexpected(expectation: string): Refusal {
    const token = this.list[this.position];
    if (token === undefined || token.kind === 'end') return wrong(`${expectation} before the end of the query.`);
    return wrong(`${expectation} but got '${token.text}'. (line 1, character ${token.at + 1})`);
  }
}
