import type jsep from 'jsep';

/** An object with a fixed set of members, like `issue`: asking for another one is an error, not null. */
export class Entity {
  constructor(private readonly members: Record<string, () => unknown>) {}

  member(name: string): unknown {
    if (!Object.hasOwn(this.members, name)) throw new Error(`Unrecognized property: ${name}`);
    return this.members[name]?.();
  }
}

/** A map of JSON values by key, like `issue.properties`: a missing key is null. */
export class Lookup {
  constructor(readonly find: (key: string) => unknown) {}
}

type Scope = Record<string, unknown>;
type Lambda = (argument: unknown) => unknown;

/**
 * Evaluates the subset of Jira expressions that workflow rules of this size use. Whatever lies outside throws: the
 * caller takes any throw for false.
 */
export function evaluate(node: jsep.Expression, scope: Scope): unknown {
  switch (node.type) {
    case 'Literal':
      return (node as jsep.Literal).value;
    case 'Identifier':
      return identifier((node as jsep.Identifier).name, scope);
    case 'MemberExpression':
      return member(node as jsep.MemberExpression, scope);
    case 'UnaryExpression':
      return unary(node as jsep.UnaryExpression, scope);
    case 'BinaryExpression':
      return binary(node as jsep.BinaryExpression, scope);
    case 'ConditionalExpression': {
      const { test, consequent, alternate } = node as jsep.ConditionalExpression;
      return truth(evaluate(test, scope)) ? evaluate(consequent, scope) : evaluate(alternate, scope);
    }
    case 'ArrayExpression':
      return (node as jsep.ArrayExpression).elements.map((element) => {
        if (element === null) throw new Error('a list has a hole');
        return evaluate(element, scope);
      });
    case 'CallExpression':
      return call(node as jsep.CallExpression, scope);
    default:
      throw new Error(`Unsupported syntax: ${node.type}`);
  }
}

function identifier(name: string, scope: Scope): unknown {
  if (!Object.hasOwn(scope, name)) throw new Error(`Undefined variable: ${name}`);
  return scope[name];
}

function memberName(node: jsep.MemberExpression, scope: Scope): unknown {
  return node.computed ? evaluate(node.property, scope) : (node.property as jsep.Identifier).name;
}

function member(node: jsep.MemberExpression, scope: Scope): unknown {
  const target = evaluate(node.object, scope);
  const name = memberName(node, scope);
  if (target instanceof Entity) return target.member(String(name));
  if (target instanceof Lookup) return target.find(String(name)) ?? null;
  if (Array.isArray(target)) {
    if (name === 'length') return target.length;
    if (typeof name === 'number') return (target[name] as unknown) ?? null;
  } else if (typeof target === 'string') {
    if (name === 'length') return target.length;
  } else if (typeof target === 'object' && target !== null && typeof name === 'string') {
    return Object.hasOwn(target, name) ? ((target as Scope)[name] ?? null) : null;
  }
  throw new Error(`Cannot read ${String(name)} of ${target === null ? 'null' : typeof target}`);
}

function truth(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new Error('a boolean was expected');
  return value;
}

function unary(node: jsep.UnaryExpression, scope: Scope): unknown {
  const value = evaluate(node.argument, scope);
  if (node.operator === '!') return !truth(value);
  if (node.operator === '-' && typeof value === 'number') return -value;
  throw new Error(`Unsupported operator: ${node.operator}`);
}

function binary(node: jsep.BinaryExpression, scope: Scope): unknown {
  const { operator } = node;
  if (operator === '=>') return lambda(node, scope);
  const left = evaluate(node.left, scope);
  if (operator === '&&') return truth(left) && truth(evaluate(node.right, scope));
  if (operator === '||') return truth(left) || truth(evaluate(node.right, scope));
  const right = evaluate(node.right, scope);
  if (operator === '==') return equal(left, right);
  if (operator === '!=') return !equal(left, right);
  return ordered(operator, left, right);
}

function equal(left: unknown, right: unknown): boolean {
  return left === right || ((left ?? null) === null && (right ?? null) === null);
}

function ordered(operator: string, left: unknown, right: unknown): unknown {
  if (operator === '+' && typeof left === 'string' && typeof right === 'string') return left + right;
  const comparable =
    (typeof left === 'number' && typeof right === 'number') || (typeof left === 'string' && typeof right === 'string');
  if (!comparable) throw new Error(`Cannot apply ${operator} to these values`);
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
  if (typeof left !== 'number' || typeof right !== 'number') throw new Error(`Cannot apply ${operator} to text`);
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    default:
      throw new Error(`Unsupported operator: ${operator}`);
  }
}

function lambda(node: jsep.BinaryExpression, scope: Scope): Lambda {
  if (node.left.type !== 'Identifier') throw new Error('an arrow takes one parameter');
  const { name } = node.left as jsep.Identifier;
  return (argument) => evaluate(node.right, { ...scope, [name]: argument });
}

function call(node: jsep.CallExpression, scope: Scope): unknown {
  if (node.callee.type !== 'MemberExpression') throw new Error('only methods can be called');
  const callee = node.callee as jsep.MemberExpression;
  const target = evaluate(callee.object, scope);
  const name = String(memberName(callee, scope));
  const [argument, ...rest] = node.arguments.map((item) => evaluate(item, scope));
  if (rest.length > 0) throw new Error(`${name} takes one argument`);
  if (typeof target === 'string' && typeof argument === 'string') {
    if (name === 'includes') return target.includes(argument);
    if (name === 'startsWith') return target.startsWith(argument);
    if (name === 'endsWith') return target.endsWith(argument);
  }
  if (Array.isArray(target)) {
    if (name === 'includes') return target.some((item) => equal(item, argument));
    if (typeof argument === 'function') return listMethod(name, target, argument as Lambda);
  }
  throw new Error(`Unsupported method: ${name}`);
}

function listMethod(name: string, list: unknown[], argument: Lambda): unknown {
  switch (name) {
    case 'map':
      return list.map((item) => argument(item));
    case 'filter':
      return list.filter((item) => truth(argument(item)));
    case 'some':
      return list.some((item) => truth(argument(item)));
    case 'every':
      return list.every((item) => truth(argument(item)));
    default:
      throw new Error(`Unsupported method: ${name}`);
  }
}
