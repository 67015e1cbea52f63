import type { Outbound } from '../../../usecases/ports';
import { AnswerRecord } from './answer-record';
import { BudgetedHttp } from './budgeted-http';
import { forgeTransport } from './forge-transport';
import type { Transport } from './transport';
import { canonicalTarget } from './url-policy';

const budget = { timeMs: 15_000, bytes: 64 * 1024, calls: 1 };

/**
 * Messages to addresses that an admin entered. The address is held against the policy on every use, whatever was checked
 * when it was saved; nothing of the answer is looked at but its status. Any 2xx means that the message is kept.
 */
export function createOutbound(transport: Transport = forgeTransport): Outbound {
  return {
    async post(url, key, json) {
      const address = canonicalTarget(url);
      if (!address.ok || address.url !== url) return { failed: 'not-approved' };
      const answer = await new BudgetedHttp(budget, transport).ask(
        {
          method: 'POST',
          url,
          headers: { 'content-type': 'application/json', 'idempotency-key': key },
          body: json,
          expects: 'nothing',
        },
        new AnswerRecord(),
      );
      return answer.ok ? 'done' : { failed: answer.failure };
    },
  };
}
