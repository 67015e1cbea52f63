/**
 * Product events on their way to the app's triggers. Publishing writes into the agenda inside the transaction that
 * made the change, so an event exists exactly when its change does; the faults lose and double it after that.
 */
import type { ProductEvent } from '../contracts';
import type { FaultBox } from './faults';
import { SITE } from './invoke/installation';
import { type Invoke, SYNC_LIMIT_MS } from './invoke/invocations';
import { type Manifest, type ManifestModule, modulesOfType } from './manifest';
import { readRetry } from './retry-answer';
import type { Agenda } from './time/agenda';
import type { SandboxClock } from './time/clock';
import type { DueHandler } from './time/dispatcher';

export const EVENT_KIND = 'product-event';

const MAX_RETRIES = 4;

interface Delivery {
  trigger: string;
  event: ProductEvent;
  retry?: { retryCount: number; retryReason: string; retryData?: unknown };
}

interface Subscription {
  trigger: ManifestModule;
  eventType: string;
  ignoreSelf: boolean;
}

export interface ProductEvents {
  publish(event: ProductEvent): void;
  handler: DueHandler;
}

export function createProductEvents(deps: {
  manifest: Manifest;
  agenda: Agenda;
  clock: SandboxClock;
  faults: FaultBox;
  invoke: Invoke;
}): ProductEvents {
  const { agenda, clock, faults, invoke } = deps;
  const subscriptions = modulesOfType(deps.manifest, 'trigger').flatMap(subscriptionsOf);

  return {
    publish: (event) => {
      for (const { trigger, eventType, ignoreSelf } of subscriptions) {
        if (eventType !== event.eventType || (ignoreSelf && event.selfGenerated === true)) continue;
        const copies = faults.deliveries();
        for (let i = 0; i < copies; i++)
          agenda.add(clock.now(), EVENT_KIND, { trigger: trigger.key, event } satisfies Delivery);
      }
    },
    handler: {
      run: async (due) => {
        const delivery = due.data as Delivery;
        const functionKey = deps.manifest.modules.get(delivery.trigger)?.function;
        if (functionKey === undefined) return {};
        const outcome = await invoke({
          moduleType: 'trigger',
          moduleKey: delivery.trigger,
          functionKey,
          payload: {
            ...delivery.event,
            context: { cloudId: SITE.cloudId, moduleKey: delivery.trigger },
            contextToken: 'sandbox',
            ...(delivery.retry ? { retryContext: delivery.retry } : {}),
          },
          timeLimitMs: SYNC_LIMIT_MS,
        });
        const retryCount = (delivery.retry?.retryCount ?? 0) + 1;
        if (retryCount > MAX_RETRIES) return {};
        const wanted = readRetry(outcome);
        // A throw is the app's answer and final; only a request to retry and a death of the runtime are repeated.
        if (!wanted || outcome.kind === 'error' || outcome.kind === 'timeout') return {};
        const { retryReason, retryData } = wanted;
        const retry = { retryCount, retryReason, ...(retryData === undefined ? {} : { retryData }) };
        const at = clock.now() + (wanted.retryAfterSeconds ?? 5 * 2 ** retryCount) * 1000;
        return { aftermath: { again: { at, data: { ...delivery, retry } } } };
      },
    },
  };
}

function subscriptionsOf(trigger: ManifestModule): Subscription[] {
  const shared = trigger.source['filter'] as { ignoreSelf?: boolean } | undefined;
  const events = (trigger.source['events'] ?? []) as Array<
    string | { eventType: string; filter?: { ignoreSelf?: boolean } }
  >;
  return events.map((event) => {
    const own = typeof event === 'string' ? undefined : event.filter;
    return {
      trigger,
      eventType: typeof event === 'string' ? event : event.eventType,
      ignoreSelf: (own?.ignoreSelf ?? shared?.ignoreSelf) === true,
    };
  });
}
