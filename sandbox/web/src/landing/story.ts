/** The story in six steps: who does what where, and how far this desk has come. */
import { get } from '../site/http';
import { useLoaded } from '../site/use-loaded';

export interface StorySoFar {
  now: string;
  issue?: { key: string; summary: string; status: string; entitlement: string; change: string; member: boolean };
}

export interface Step {
  id: string;
  /** E-mail of the person who acts. */
  as: string;
  who: string;
  title: string;
  detail: string;
  href: string;
  done: boolean;
}

const REFUSED = 'story-refused';
const LOOKED = 'story-looked';

/** Two steps leave no trace in Jira: an agent looked, and was told no. */
export function rememberLook(issue: string): void {
  localStorage.setItem(LOOKED, issue);
}

export function rememberRefusal(issue: string): void {
  localStorage.setItem(REFUSED, issue);
}

export const useStory = (): StorySoFar | undefined =>
  useLoaded(() => get<StorySoFar>('/sandbox/story'), 'story', 2000).value;

export function stepsOf(story: StorySoFar | undefined): Step[] {
  const latest = story?.issue;
  const issue = latest?.change === 'Request access' ? latest : undefined;
  const status = issue?.status;
  const asked = issue !== undefined;
  const key = issue?.key ?? '';
  const approved = status === 'In progress' || status === 'Resolved';
  const resolved = status === 'Resolved';
  const refused = resolved || (asked && localStorage.getItem(REFUSED) === key);
  const member = resolved || (approved && issue?.member === true);
  const page = asked ? `/agent/issue/${key}` : '/agent';
  const group = issue?.entitlement ?? 'Finance Approvers';
  return [
    {
      id: 'ask',
      as: 'rita@acme.test',
      who: 'Rita',
      title: 'asks for access in the portal',
      detail: 'She picks Finance Approvers in the SCIM directory and says until when.',
      href: '/portal/create/11',
      done: asked,
    },
    {
      id: 'look',
      as: 'amir@acme.test',
      who: 'Amir',
      title: 'sees that Resolve is not on offer',
      detail: 'The agent opens the request: it waits for approval, and the Access panel says for whose.',
      href: page,
      done: approved || (asked && localStorage.getItem(LOOKED) === key),
    },
    {
      id: 'approve',
      as: 'mark@acme.test',
      who: 'Mark',
      title: 'approves in the portal',
      detail: 'Rita’s manager sees what changes for whom, and what policy asks of him.',
      href: asked ? `/portal/request/${key}` : '/portal/approvals',
      done: approved,
    },
    {
      id: 'refused',
      as: 'amir@acme.test',
      who: 'Amir',
      title: 'tries to resolve and is refused',
      detail: 'Approved is not done: the target system does not have it yet, and the gate says so.',
      href: page,
      done: refused || member,
    },
    {
      id: 'do',
      as: 'amir@acme.test',
      who: 'Somebody',
      title: 'adds Rita in the SCIM directory',
      detail: `In the directory’s own console: open ${group} and add her.`,
      href: `/scim?group=${encodeURIComponent(group)}`,
      done: member,
    },
    {
      id: 'prove',
      as: 'amir@acme.test',
      who: 'Amir',
      title: 'verifies and resolves',
      detail: 'Verify now reads the directory; with the proof on record, Resolve goes through.',
      href: page,
      done: resolved,
    },
  ];
}
