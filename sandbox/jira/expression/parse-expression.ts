import jsep from 'jsep';

/** Longer expressions are refused by Jira. */
export const longestExpression = 1000;

// jsep has no arrows; as the loosest binary operator they parse to what the evaluator needs: parameter => body.
jsep.addBinaryOp('=>', 0.5, true);
// Jira expressions know none of these.
for (const operator of ['<<', '>>', '>>>', '^', '|', '&', '===', '!==']) jsep.removeBinaryOp(operator);
jsep.removeUnaryOp('~');

/** A syntax tree; throws on anything that is no expression. */
export function parseExpression(text: string): jsep.Expression {
  if (text.length > longestExpression) throw new Error(`expression exceeds ${longestExpression} characters`);
  return jsep(text);
}
