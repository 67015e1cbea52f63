import type { OutboxRow } from '../../src/domain/request/lifecycle/commit';
import { anchorKey } from '../company';
import type { Installation } from '../platform/installation';
import type { Checker } from './checker';

/** How many issues for governance each change asked for, by its row of effects. */
const planned = new WeakMap<Installation, Map<string, number>>();

/** T2: nobody is told the same thing twice: one comment for an effect, one issue for a change that asks for one. */
export const once: Checker = {
  name: 'T2',
  onWrite(written, installation) {
    for (const { entity, key, value } of written) {
      if (entity !== 'outbox' || !value) continue;
      const { effects } = value.data as OutboxRow;
      const asked = effects.filter((effect) => effect.kind === 'raise' && effect.raise.as === 'governance').length;
      let rows = planned.get(installation);
      if (!rows) planned.set(installation, (rows = new Map()));
      rows.set(key, asked);
    }
    return undefined;
  },
  atEnd(installation) {
    const { desk } = installation;
    for (const issue of desk.issues.values()) {
      const seen = new Set<string>();
      for (const { effectId, text } of issue.comments) {
        if (seen.has(effectId)) return `${issue.key} carries the comment of ${effectId} twice: ${text.slice(0, 60)}`;
        seen.add(effectId);
      }
    }
    // Whatever the app says of an issue to find it again: it may not make more of them than were asked for.
    const asked = [...(planned.get(installation)?.values() ?? [])].reduce((sum, count) => sum + count, 0);
    const raised = desk.governance.filter(({ key, summary }) => key !== anchorKey && !aboutNoRequest.test(summary));
    return raised.length > asked
      ? `governance was asked ${raised.length} times where ${asked} changes asked for it, last "${raised.at(-1)?.summary}"`
      : undefined;
  },
};

/** What the sweep finds by itself and tells without any change of a request. */
const aboutNoRequest = /^The workflow of |secret/i;
