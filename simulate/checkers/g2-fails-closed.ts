import type { Checker } from './checker';

/** G2: whatever goes wrong at a gate is a refusal with a sentence; nothing is let through that was not looked at. */
export const failsClosed: Checker = {
  name: 'G2',
  onGate(seen) {
    const { reply, issueId, gate } = seen;
    if ('threw' in reply) return `the ${gate} gate of issue ${issueId} threw ${reply.threw}`;
    if ('killed' in reply) return undefined;
    if (!reply.allow)
      return reply.text.trim() === '' ? `the ${gate} gate of issue ${issueId} refused without a word` : undefined;
    return seen.readAt === undefined
      ? `the ${gate} gate let issue ${issueId} through without having read it`
      : undefined;
  },
};
