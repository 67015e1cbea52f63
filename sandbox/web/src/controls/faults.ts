/** The faults that the page can switch, as POST /sandbox/faults takes them. */

export type Faults = Record<string, unknown>;

export interface Switch {
  id: string;
  name: string;
  detail: string;
  isOn: (faults: Faults) => boolean;
  on: Faults;
  /** What else of the same key must go when it is switched off. */
  keys: string[];
}

const TARGET = 'SCIM directory';

export const switches: Switch[] = [
  {
    id: 'down',
    name: 'Directory is down',
    detail: 'Connections to the SCIM directory are refused.',
    isOn: (faults) => Array.isArray(faults['targetDown']) && faults['targetDown'].length > 0,
    on: { targetDown: [TARGET] },
    keys: ['targetDown'],
  },
  {
    id: 'slow',
    name: 'Directory is slow',
    detail: 'It answers after 12 seconds, later than the gate waits.',
    isOn: (faults) => faults['targetSlow'] !== undefined,
    on: { targetSlow: { name: TARGET, ms: 12_000 } },
    keys: ['targetSlow'],
  },
  {
    id: 'garbage',
    name: 'Directory answers garbage',
    detail: 'A proxy in between sends what is no SCIM.',
    isOn: (faults) => faults['targetAnswers'] !== undefined,
    on: { targetAnswers: { [TARGET]: 'garbage' } },
    keys: ['targetAnswers'],
  },
  {
    id: 'jira429',
    name: 'Jira answers 429',
    detail: 'Too many requests, for every call of the app.',
    isOn: (faults) => faults['jira429'] !== undefined && faults['jira429'] !== false,
    on: { jira429: true },
    keys: ['jira429'],
  },
  {
    id: 'jira-down',
    name: 'Jira is down',
    detail: 'It answers 503 to every call of the app.',
    isOn: (faults) => faults['jiraDown'] !== undefined && faults['jiraDown'] !== false,
    on: { jiraDown: true },
    keys: ['jiraDown'],
  },
  {
    id: 'creates',
    name: 'Creations are lost',
    detail: 'Issues that the app creates are there, but it is told 503.',
    isOn: (faults) => faults['jiraCreates'] !== undefined,
    on: { jiraCreates: { lose: true } },
    keys: ['jiraCreates'],
  },
  {
    id: 'silent',
    name: 'Scheduled triggers are silent',
    detail: 'For one hour of sandbox time no sweep is started.',
    isOn: (faults) => faults['silenceTriggersFor'] !== undefined,
    on: { silenceTriggersFor: 'PT1H' },
    keys: ['silenceTriggersFor'],
  },
  {
    id: 'lose',
    name: 'Events get lost',
    detail: 'Every product event is dropped.',
    isOn: (faults) => Boolean(faults['loseEvents']),
    on: { loseEvents: true },
    keys: ['loseEvents'],
  },
  {
    id: 'duplicate',
    name: 'Events arrive twice',
    detail: 'Every product event is delivered two times.',
    isOn: (faults) => Boolean(faults['duplicateEvents']),
    on: { duplicateEvents: true },
    keys: ['duplicateEvents'],
  },
  {
    id: 'stale',
    name: 'Queries are stale',
    detail: 'Entity queries see storage as it was five seconds ago.',
    isOn: (faults) => Boolean(faults['staleQueries']),
    on: { staleQueries: true },
    keys: ['staleQueries'],
  },
];

export function switched(faults: Faults, one: Switch, on: boolean): Faults {
  const rest = Object.fromEntries(Object.entries(faults).filter(([key]) => !one.keys.includes(key)));
  return on ? { ...rest, ...one.on } : rest;
}
