/** A parsed query. Values keep their text: only the field knows how to read them. */

export type Operator = '=' | '!=' | '~' | '!~' | '<' | '<=' | '>' | '>=' | 'in' | 'not in' | 'is' | 'is not';

export type Operand =
  { kind: 'value'; text: string; quoted: boolean } | { kind: 'function'; name: string; text: string };

export interface Clause {
  kind: 'clause';
  field: string;
  operator: Operator;
  operands: Operand[];
}

export type Condition = Clause | { kind: 'and' | 'or'; parts: Condition[] } | { kind: 'not'; part: Condition };

export interface Query {
  where?: Condition;
  orderBy: Array<{ field: string; descending: boolean }>;
}
