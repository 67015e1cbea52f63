import type { Checker } from './checker';

/** T2: nobody is told the same thing twice: a comment of one effect stands on the issue at most once. */
export const once: Checker = {
  name: 'T2',
  atEnd({ desk }) {
    for (const issue of desk.issues.values()) {
      const seen = new Set<string>();
      for (const { effectId, text } of issue.comments) {
        if (seen.has(effectId)) return `${issue.key} carries the comment of ${effectId} twice: ${text.slice(0, 60)}`;
        seen.add(effectId);
      }
    }
    return undefined;
  },
};
