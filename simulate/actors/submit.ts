import type { Json } from '../../src/domain/canonical';
import { accountOf, agents, fields, offered, people, requestTypes, statuses, targetName } from '../company';
import { did, type Actor, type Scene } from './actor';

const hour = 3_600_000;
const day = 24 * hour;

/** A requester raises a request; mostly a sensible one. */
export const submit: Actor = {
  name: 'submit',
  weight: 3,
  async act(scene) {
    const { world, installation, dice } = scene;
    const kind = dice.pick(['grant', 'grant', 'grant', 'grant', 'modify', 'revoke', 'revoke', 'ungoverned'] as const);
    const entitlement = dice.pick(offered);
    const reporter = dice.pick(['rita', 'rita', 'rita', 'mark', 'amir', ...people] as const);
    const values: Record<string, Json> = {
      [fields.target]: dice.happens(0.04) ? 'Somewhere else' : targetName,
      [fields.entitlement]: dice.happens(0.04) ? 'Nothing known' : entitlement.name,
      [fields.justification]: `Quarter close, ${installation.marker}`,
    };
    if (dice.happens(0.25)) values[fields.beneficiary] = accountOf(dice.pick(people));
    if (dice.happens(0.08)) values[fields.serviceAccount] = 'svc-ledger-export';
    Object.assign(values, period(scene, entitlement.risk === 'privileged'));
    const issue = installation.desk.create({
      requestTypeId: requestTypes[kind],
      reporterId: accountOf(reporter),
      creatorId: accountOf(dice.happens(0.1) ? dice.pick(agents) : reporter),
      values,
      // Created straight into a done status, as an import does.
      ...(dice.happens(0.02) ? { statusId: statuses.resolved } : {}),
    });
    return did(`${issue.key} ${kind} ${entitlement.name} for ${reporter}, ${world.now() - issue.created} ms ago`);
  },
};

/** A period as a requester gives it. */
export function period({ world, dice }: Scene, short: boolean): Record<string, Json> {
  const at = (ms: number) => new Date(world.now() + ms).toISOString();
  if (short) return dice.happens(0.6) ? { [fields.duration]: `PT${1 + dice.int(8)}H` } : { [fields.end]: at(6 * hour) };
  const values: Record<string, Json> = {};
  const end = dice.pick([undefined, 2 * hour, 30 * day, 30 * day, 60 * day, 200 * day, -hour]);
  if (end !== undefined) values[fields.end] = at(end);
  if (dice.happens(0.08)) values[fields.start] = at(hour);
  return values;
}
