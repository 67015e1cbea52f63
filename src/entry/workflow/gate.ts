import type { Gate } from '../../domain/gate/answer';
import { answerGate, gateDeadlineMs, tooSlow, type GateReply } from '../../usecases/answer-gate';
import type { Ports } from '../../usecases/ports';
import { expiring } from '../expiring';

/** What Forge sends a function validator: no user, the issue's key, the fields of the transition's screen. */
interface ValidatorPayload {
  readonly issue?: { readonly key?: unknown };
  readonly transition?: { readonly modifiedFields?: unknown };
}

interface ValidatorAnswer {
  readonly result: boolean;
  readonly errorMessage?: string;
}

/**
 * The handler of one gate (developer.atlassian.com/platform/forge/manifest-reference/modules/jira-workflow-validator).
 * What Forge does with a validator that throws or is late is not documented, so this one never throws and answers no
 * within eight seconds, whatever hangs.
 */
export function createGate(gate: Gate, open: () => Ports, deadlineMs = gateDeadlineMs - 500) {
  return async (payload: ValidatorPayload): Promise<ValidatorAnswer> => {
    let timer: NodeJS.Timeout | undefined;
    try {
      const issueKey = payload.issue?.key;
      if (typeof issueKey !== 'string') {
        return { result: false, errorMessage: 'Proofgate could not tell which issue this is.' };
      }
      const { ports, expire } = expiring(open());
      const deadline = new Promise<GateReply>((resolve) => {
        timer = setTimeout(() => {
          expire();
          resolve(tooSlow());
        }, deadlineMs);
      });
      const modifiedFields = fieldIds(payload.transition?.modifiedFields);
      const reply = await Promise.race([answerGate(ports, { gate, issueKey, modifiedFields }), deadline]);
      return reply.allow ? { result: true } : { result: false, errorMessage: reply.text };
    } catch {
      return {
        result: false,
        errorMessage: 'Proofgate could not check this request. Nothing was changed. Try again in a minute.',
      };
    } finally {
      clearTimeout(timer);
    }
  };
}

function fieldIds(modified: unknown): string[] {
  if (Array.isArray(modified)) return modified.filter((id): id is string => typeof id === 'string');
  return typeof modified === 'object' && modified !== null ? Object.keys(modified) : [];
}
