/** Calls through Atlassian's gateway: async events and the management of web-trigger URLs. */
import type { AsyncEvents } from './async-events';
import type { Invocation } from './invoke/invocations';
import { notModelled } from './jira-gateway';
import { jsonAnswer, type PlatformAnswer, type PlatformCall, textOf } from './platform-call';
import type { Unmodelled } from './unmodelled';
import type { WebTriggers } from './web-triggers';

const QUEUE_PATH = /^\/webhook\/queue\/(publish|stats|cancel)\//;

export type Stargate = (call: PlatformCall, invocation: Invocation) => PlatformAnswer;

export function isQueueCall(path: string): boolean {
  return QUEUE_PATH.test(path);
}

export function createStargate(deps: {
  asyncEvents: AsyncEvents;
  webTriggers: () => WebTriggers;
  unmodelled: Unmodelled;
}): Stargate {
  const { asyncEvents, webTriggers, unmodelled } = deps;
  return (call, invocation) => {
    const body = textOf(call.body);
    const operation = QUEUE_PATH.exec(call.path)?.[1];
    if (operation !== undefined) {
      const answer = asyncEvents.handle(operation, body, invocation);
      if (answer) return answer;
    }
    if (call.path === '/graphql') {
      const answer = graphql(webTriggers(), body);
      return answer ?? notModelled(unmodelled, `GraphQL ${operationName(body)}`);
    }
    return notModelled(unmodelled, `${call.method.toUpperCase()} ${call.path}`);
  };
}

interface GraphqlRequest {
  query?: string;
  variables?: {
    input?: { triggerKey?: string };
    forceCreate?: boolean;
    id?: string;
  };
}

function graphql(triggers: WebTriggers, body: string): PlatformAnswer | undefined {
  const { query = '', variables = {} } = JSON.parse(body) as GraphqlRequest;
  if (query.includes('createWebTriggerUrl')) {
    const url = triggers.urlOf(variables.input?.triggerKey ?? '', variables.forceCreate === true);
    return url === undefined
      ? jsonAnswer(200, { data: { createWebTriggerUrl: null }, errors: [{ message: 'No such web trigger module' }] })
      : jsonAnswer(200, { data: { createWebTriggerUrl: { url } } });
  }
  if (query.includes('webTriggerUrlsByAppContext'))
    return jsonAnswer(200, { data: { webTriggerUrlsByAppContext: triggers.urls() } });
  if (query.includes('deleteWebTriggerUrl')) {
    const success = triggers.remove(variables.id ?? '');
    return jsonAnswer(200, { data: { deleteWebTriggerUrl: { success, message: success ? null : 'No such URL' } } });
  }
  return undefined;
}

function operationName(body: string): string {
  const query = (JSON.parse(body) as GraphqlRequest).query ?? '';
  return /\{\s*(\w+)/.exec(query)?.[1] ?? 'query';
}
