import { isAdfDocument, textFromAdf, withMentionTexts } from '../fields/adf';
import { isObject } from '../http/body';
import { personById } from '../people/people';
import type { AdfNode, CommentRecord, IssueRecord } from '../records';
import { Refusal } from '../refusal';
import { childrenOf, type Site } from '../site-state';

export interface NewComment {
  body: AdfNode;
  extra: Pick<CommentRecord, 'visibility' | 'properties'>;
}

/** A comment as v3 takes it: a document, optionally restricted, optionally with properties. */
export function readComment(site: Site, issue: IssueRecord, wanted: Record<string, unknown>): NewComment {
  const { body, visibility, properties } = wanted;
  if (!isAdfDocument(body)) throw new Refusal(400, [], { comment: 'Comment body is not valid!' });
  const length = textFromAdf(body).length;
  if (length > 32_767) {
    throw new Refusal(400, [], {
      comment: 'The entered text is too long. It exceeds the allowed limit of 32,767 characters.',
    });
  }
  if ((body.content ?? []).length === 0) throw new Refusal(400, [], { comment: 'Comment body can not be empty!' });
  return {
    body: withMentionTexts(body, (accountId) => personById(site, accountId)?.displayName),
    extra: { properties: readProperties(properties), ...readVisibility(site, issue, visibility) },
  };
}

function readProperties(properties: unknown): CommentRecord['properties'] {
  if (properties === undefined) return [];
  if (!Array.isArray(properties)) throw new Refusal(400, [], { properties: 'properties must be a list.' });
  return properties.map((property: unknown) => {
    if (!isObject(property) || typeof property['key'] !== 'string' || property['value'] === undefined) {
      throw new Refusal(400, [], { properties: 'A property has a key and a value.' });
    }
    return { key: property['key'], value: property['value'] };
  });
}

function readVisibility(site: Site, issue: IssueRecord, visibility: unknown): Pick<CommentRecord, 'visibility'> {
  if (visibility === undefined || visibility === null) return {};
  const { type, value, identifier } = isObject(visibility) ? visibility : {};
  const wanted = value ?? identifier;
  if (type === 'role') {
    const role = childrenOf(site.tables.roles, issue.projectId).find(
      (known) => known.name === wanted || known.id === wanted,
    );
    if (role !== undefined) return { visibility: { type, value: role.name, identifier: role.id } };
  }
  if (type === 'group' && typeof wanted === 'string')
    return { visibility: { type, value: wanted, identifier: wanted } };
  throw new Refusal(400, [], { commentLevel: `${String(type)}: ${String(wanted)} does not exist.` });
}
