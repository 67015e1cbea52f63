import type { Checker } from './checker';

/** S1: the secret of the connector appears nowhere but in the secret store. */
export const secrets: Checker = {
  name: 'S1',
  onWrite(_written, { secret }, { path, body }) {
    return !path.includes('/secret/') && body.includes(secret) ? `the secret was written by ${path}` : undefined;
  },
  atEnd({ secret, outputs, desk }) {
    if (outputs.some((text) => text.includes(secret))) return 'the secret was told to somebody';
    for (const issue of desk.issues.values())
      if (JSON.stringify([issue.property ?? null, issue.values]).includes(secret))
        return `the secret stands on ${issue.key}`;
    return undefined;
  },
};
