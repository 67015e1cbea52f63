/** What the text fields of the form propose: the connected targets and what the directory holds. */
import { get } from '../site/http';
import type { Option } from './suggest-input';

export interface Suggestions {
  now: number;
  byField: Record<string, Option[]>;
}

export const SUGGESTED = ['Target system', 'Entitlement', 'Service account', 'Access duration'];

interface Group {
  displayName: string;
  members?: unknown[];
}
interface Account {
  userName: string;
  displayName?: string;
  userType?: string;
}

const DURATIONS: Option[] = [
  { value: 'PT1H', detail: '1 hour from when it works' },
  { value: 'PT8H', detail: '8 hours from when it works' },
  { value: 'P30D', detail: '30 days from when it works' },
];

export async function readSuggestions(): Promise<Suggestions> {
  const [session, groups, users, health] = await Promise.all([
    get<{ targets: string[] }>('/sandbox/session'),
    get<{ Resources: Group[] }>('/sandbox/scim/Groups'),
    get<{ Resources: Account[] }>('/sandbox/scim/Users?count=200'),
    get<{ now: string }>('/sandbox/health'),
  ]);
  const count = (group: Group) =>
    (group.members?.length ?? 0) === 1 ? '1 member' : `${group.members?.length ?? 0} members`;
  return {
    now: Date.parse(health.now),
    byField: {
      'Target system': session.targets.map((value) => ({ value, detail: 'connected' })),
      Entitlement: groups.Resources.map((group) => ({ value: group.displayName, detail: `group, ${count(group)}` })),
      'Service account': users.Resources.filter(
        (user) => user.userType === 'Service' || user.userType === 'Workload',
      ).map((user) => ({ value: user.userName, detail: user.displayName ?? '' })),
      'Access duration': DURATIONS,
    },
  };
}
