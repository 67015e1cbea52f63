import type { AdfNode } from '../records';
import { isObject } from '../http/body';

/** Atlassian Document Format, as far as plain text needs it: paragraphs, and line breaks within them. */
export function adfFromText(text: string): AdfNode & { version: 1 } {
  const paragraphs = text.replace(/\r\n?/g, '\n').split(/\n{2,}/);
  return { type: 'doc', version: 1, content: paragraphs.map(paragraph) };
}

function paragraph(text: string): AdfNode {
  const content = text
    .split('\n')
    .flatMap((line, index): AdfNode[] => [
      ...(index > 0 ? [{ type: 'hardBreak' }] : []),
      ...(line === '' ? [] : [{ type: 'text', text: line }]),
    ]);
  return { type: 'paragraph', content };
}

const inlineTypes = new Set(['text', 'hardBreak', 'mention', 'emoji', 'inlineCard', 'date', 'status']);

/** The text of a document: blocks are parted by an empty line. */
export function textFromAdf(node: AdfNode): string {
  if (node.type === 'text') return node.text ?? '';
  if (node.type === 'hardBreak') return '\n';
  const attributes = isObject(node['attrs']) ? node['attrs'] : {};
  if (node.type === 'mention' || node.type === 'emoji' || node.type === 'status')
    return String(attributes['text'] ?? '');
  if (node.type === 'inlineCard') return String(attributes['url'] ?? '');
  const children = node.content ?? [];
  const inline = children.every((child) => inlineTypes.has(child.type));
  const separator = inline ? '' : node.type === 'doc' ? '\n\n' : '\n';
  return children.map(textFromAdf).join(separator);
}

/** The document with every mention that lacks its text named by `nameOf`, as Jira completes mentions of an account. */
export function withMentionTexts(node: AdfNode, nameOf: (accountId: string) => string | undefined): AdfNode {
  if (node.type === 'mention') {
    const attributes = isObject(node['attrs']) ? node['attrs'] : {};
    const name = typeof attributes['id'] === 'string' ? nameOf(attributes['id']) : undefined;
    if (typeof attributes['text'] === 'string' || name === undefined) return node;
    return { ...node, attrs: { ...attributes, text: `@${name}` } };
  }
  if (node.content === undefined) return node;
  return { ...node, content: node.content.map((child) => withMentionTexts(child, nameOf)) };
}

/** Whether a value is shaped like a document: Jira checks it against the full schema, the sandbox its skeleton. */
export function isAdfDocument(value: unknown): value is AdfNode {
  return isObject(value) && value['type'] === 'doc' && value['version'] === 1 && areNodes(value['content'], 0);
}

function areNodes(content: unknown, depth: number): boolean {
  if (!Array.isArray(content) || depth > 50) return false;
  return content.every(
    (node) =>
      isObject(node) &&
      typeof node['type'] === 'string' &&
      (node['type'] !== 'text' || (typeof node['text'] === 'string' && node['text'] !== '')) &&
      (node['content'] === undefined || areNodes(node['content'], depth + 1)),
  );
}
