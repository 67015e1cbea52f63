import { saveCatalogueEntry } from '../../src/usecases/save-catalogue-entry';
import { tryAgain as again } from '../../src/usecases/try-again';
import { accountOf, agents, offered, type Offered } from '../company';
import { entryOf } from '../prepare';
import { did, nothing, type Actor } from './actor';
import { presser } from './holder';

/** The administrator decides anew whether the app makes the changes of an entitlement, also while it is at one. */
export const switchDirect: Actor = {
  name: 'switch-direct',
  weight: 0.7,
  async act({ world, installation, dice, strand }) {
    const entitlement: Offered = dice.pick(offered);
    const on = dice.happens(0.6);
    if (!world.site.direct) return nothing('the app may not write here');
    const { witness, marker } = installation;
    const { groupId } = entitlement;
    // Whoever switches it on means it from then on; whoever switches it off cannot expect it before it is saved.
    if (on) witness.switches.push({ groupId, on, at: world.now() });
    const ended = await world.invoke(installation, `switch ${groupId} ${on}`, strand, async (ports) => {
      const stored = (await ports.configuration.list('catalogue')).find(({ value }) => value.entitlementId === groupId);
      const entry = entryOf(entitlement, marker, on);
      return saveCatalogueEntry(ports, { entry, expectedRev: stored?.rev ?? 0, accountId: accountOf('adele') });
    });
    const saved = ended.ended === 'done' && ended.value.saved === true;
    if (!on && saved) witness.switches.push({ groupId, on, at: world.now() });
    return did(`${groupId} direct ${on}: ${ended.ended}`, saved);
  },
};

/** An agent has the app try again what it gave up, or what it pauses with. */
export const tryAgain = presser('try-again', 1, (ports, issue, { dice }) =>
  again(ports, { issueId: issue.id, accountId: accountOf(dice.pick(agents)) }),
);
