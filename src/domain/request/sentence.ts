import type { Item } from './access-request';

/** What an item asks for, in one sentence without its period: "Rita Rees gets Finance Approvers in SCIM directory". */
export function itemSentence(item: Pick<Item, 'changeKind' | 'identity' | 'entitlement' | 'connector'>): string {
  const what = `${item.entitlement.name} in ${item.connector.name}`;
  switch (item.changeKind) {
    case 'grant':
      return `${item.identity.name} gets ${what}`;
    case 'modify':
      return `${item.identity.name} changes to ${what}`;
    case 'revoke':
      return `${item.identity.name} gives up ${what}`;
  }
}
