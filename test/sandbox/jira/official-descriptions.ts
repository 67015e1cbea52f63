import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The official API descriptions, when they lie beside the repository. They are data and never part of it. */
const folder = join(__dirname, '../../../../shared/specs');

const files = {
  platform: 'jira-platform-v3.trimmed.json',
  desk: 'jsm-servicedeskapi.full.json',
} as const;

export interface DescribedOperation {
  operationId: string;
  'x-atlassian-oauth2-scopes'?: Array<{ scheme: string; state: string; scopes: string[] }>;
}

export interface Description {
  paths: Record<string, Record<string, DescribedOperation>>;
  [key: string]: unknown;
}

export const descriptionsPresent = Object.values(files).every((file) => existsSync(join(folder, file)));

export function readDescription(name: keyof typeof files): Description {
  return JSON.parse(readFileSync(join(folder, files[name]), 'utf8')) as Description;
}

/** Says so when tests are left out. */
export function describeWithDescriptions(name: string, tests: () => void): void {
  if (descriptionsPresent) return describe(name, tests);
  describe(name, () => {
    test('is skipped: ../shared/specs is not present', () => {
      process.stdout.write(`${name}: skipped, the official descriptions are not present.\n`);
    });
  });
}
