/** Atlassian documents as plain text and back: paragraphs are all that the desk writes. */

interface Node {
  type?: string;
  text?: string;
  content?: Node[];
  attrs?: { text?: string };
}

export function textOf(document: unknown): string {
  if (typeof document === 'string') return document;
  const read = (node: Node): string => {
    if (node.type === 'hardBreak') return '\n';
    if (node.type === 'mention') return node.attrs?.text ?? '';
    return node.text ?? (node.content ?? []).map(read).join('');
  };
  return ((document as Node | null)?.content ?? []).map(read).join('\n\n');
}

export const documentOf = (text: string) => ({
  type: 'doc',
  version: 1,
  content: text
    .split(/\n{2,}/)
    .filter((part) => part !== '')
    .map((part) => ({ type: 'paragraph', content: [{ type: 'text', text: part }] })),
});
