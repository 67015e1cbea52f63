/**
 * `property eq 'value'` with the value as exactly one literal: a quote inside is written twice (OData 4.01 URL
 * conventions, 5.1.1.14.1). The whole is encoded where it becomes part of an address.
 */
export function equals(property: string, value: string): string {
  return `${property} eq '${value.replaceAll("'", "''")}'`;
}
