import type { AdfNode } from '../records';
import { adfFromText, isAdfDocument, textFromAdf } from './adf';
import { FieldProblem, type FieldType } from './field-type';

const custom = (name: string): string => `com.atlassian.jira.plugin.system.customfieldtypes:${name}`;

const sameText = (stored: unknown): { id: null; text: string | null } => ({
  id: null,
  text: typeof stored === 'string' ? stored : null,
});

function singleLine(value: unknown): string | null {
  if (typeof value !== 'string') throw new FieldProblem('Operation value must be a string');
  if (value.length > 255) {
    throw new FieldProblem('The entered text is too long. It exceeds the allowed limit of 255 characters.');
  }
  return value === '' ? null : value;
}

export const summaryType: FieldType = {
  schema: { type: 'string', system: 'summary' },
  parse: (value) => {
    if (typeof value !== 'string') throw new FieldProblem('Operation value must be a string');
    const text = value.trim();
    if (text === '') throw new FieldProblem('You must specify a summary of the issue.');
    if (/[\r\n]/.test(text)) throw new FieldProblem('The summary is invalid because it contains newline characters.');
    if (text.length > 255) throw new FieldProblem('Summary must be less than 255 characters.');
    return text;
  },
  platform: (stored) => stored,
  portal: (stored) => ({ value: stored }),
  history: sameText,
};

export const textType: FieldType = {
  schema: { type: 'string', custom: custom('textfield') },
  parse: singleLine,
  platform: (stored) => stored,
  portal: (stored) => ({ value: stored }),
  history: sameText,
};

const longest = 32_767;

function parseParagraph(value: unknown, dialect: 'platform' | 'portal' | 'portal-adf'): AdfNode | null {
  if (dialect === 'portal') {
    if (typeof value !== 'string') throw new FieldProblem('Operation value must be a string');
    return value === '' ? null : adfFromText(limited(value));
  }
  if (!isAdfDocument(value)) {
    throw new FieldProblem('Operation value must be an Atlassian Document (see the Atlassian Document Format)');
  }
  limited(textFromAdf(value));
  return (value.content ?? []).length === 0 ? null : value;
}

function limited(text: string): string {
  if (text.length > longest) {
    throw new FieldProblem('The entered text is too long. It exceeds the allowed limit of 32,767 characters.');
  }
  return text;
}

const escapeHtml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

export const paragraphHtml = (document: AdfNode): string =>
  `<p>${escapeHtml(textFromAdf(document)).replace(/\n\n/g, '</p><p>').replace(/\n/g, '<br/>')}</p>`;

function paragraphType(schema: FieldType['schema']): FieldType {
  return {
    schema,
    parse: (value, input) => parseParagraph(value, input.dialect),
    platform: (stored) => stored,
    portal: (stored) => ({
      value: textFromAdf(stored as AdfNode),
      renderedValue: { html: paragraphHtml(stored as AdfNode) },
    }),
    history: (stored) => ({ id: null, text: stored === null ? null : textFromAdf(stored as AdfNode) }),
  };
}

export const descriptionType = paragraphType({ type: 'string', system: 'description' });
export const textAreaType = paragraphType({ type: 'string', custom: custom('textarea') });
