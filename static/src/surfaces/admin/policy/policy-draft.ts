import type { savePolicyInput } from '../../../../../src/contract/inputs';
import type { SettingsView } from '../../../../../src/contract/settings-view';
import type { Input } from '../../../bridge';

export type PolicyInput = Input<typeof savePolicyInput>['policy'];
export type RuleInput = PolicyInput['rules'][number];
export type StageInput = NonNullable<RuleInput['then']['stages']>[number];
export type SourceInput = StageInput['sources'][number];
export type AttributeTestInput = NonNullable<RuleInput['when']['beneficiary']>[number];

/** The policy as it is saved: the members of the contract and nothing else. */
export function policyOf(stored: SettingsView['policy']): PolicyInput {
  if (!stored) return { rules: [], governanceOwnerIds: [] };
  const { rules, governanceOwnerIds, privilegedOwnerIds, fallbackApproverId } = structuredClone(
    stored,
  ) as unknown as PolicyInput;
  return {
    rules,
    governanceOwnerIds,
    ...(privilegedOwnerIds ? { privilegedOwnerIds } : {}),
    ...(fallbackApproverId ? { fallbackApproverId } : {}),
  };
}

/** Without members that are undefined. Lists stay as they are: an empty one fits nothing, a missing one everything. */
export function withoutUndefined<T>(value: T): T {
  if (Array.isArray(value)) return value.map((member: unknown) => withoutUndefined(member)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [key, withoutUndefined(member as unknown)])) as T;
}

/** A test as it is kept: values without blanks. */
export function tidyTest(test: AttributeTestInput): AttributeTestInput {
  const tidy = (values: readonly string[]) => values.map((value) => value.trim()).filter((value) => value !== '');
  return {
    attribute: test.attribute,
    ...(test.in ? { in: tidy(test.in) } : {}),
    ...(test.notIn ? { notIn: tidy(test.notIn) } : {}),
  };
}

/** A test without a value would fit nobody or everybody: it has to be completed or removed. */
export function isEmptyTest(test: AttributeTestInput): boolean {
  const { in: inside, notIn } = tidyTest(test);
  return (inside ?? []).length + (notIn ?? []).length === 0;
}
