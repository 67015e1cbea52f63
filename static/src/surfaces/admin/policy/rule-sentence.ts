import type { SettingsView } from '../../../../../src/contract/settings-view';
import { en, fill } from '../../../texts/en';
import type { Moments } from '../../../texts/moments';
import type { AttributeTestInput, RuleInput, SourceInput, StageInput } from './policy-draft';

const words = en.admin.policy.sentence;

/** What a rule says, as a sentence: "Grant or change of privileged access in any target: approved by … , at most 8 hours". */
export function ruleSentence(
  rule: RuleInput,
  settings: SettingsView,
  moments: Moments,
): { readonly when: string; readonly then: string } {
  return { when: conditions(rule.when, settings, moments), then: demands(rule.then, settings, moments) };
}

function conditions(when: RuleInput['when'], settings: SettingsView, moments: Moments): string {
  const targets = when.connectors?.map(
    (id) => settings.connectors.find((connector) => connector.id === id)?.name ?? id,
  );
  const entitlements = when.entitlements?.map(
    (id) => settings.catalogue.find((entry) => entry.id === id || entry.entitlementId === id)?.name ?? id,
  );
  const parts = [
    capital(when.changeKinds?.length ? either(when.changeKinds.map((kind) => words.change[kind])) : words.any),
    when.risks?.length ? fill(words.of, { risk: either(when.risks) }) : words.ofAny,
    entitlements?.length ? fill(words.to, { entitlements: either(entitlements) }) : '',
    targets?.length ? fill(words.inTargets, { targets: either(targets) }) : words.anyTarget,
    when.identityKinds?.length
      ? fill(words.heldBy, { kinds: either(when.identityKinds.map((kind) => en.admin.policy.identity[kind])) })
      : '',
    ...(when.requester ?? []).map((test) => fill(words.whose.requester, { test: testText(test) })),
    ...(when.beneficiary ?? []).map((test) => fill(words.whose.beneficiary, { test: testText(test) })),
    when.longerThan ? fill(words.lasting, { duration: moments.duration(when.longerThan) }) : '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function demands(then: RuleInput['then'], settings: SettingsView, moments: Moments): string {
  const stages = [...(then.stages ?? [])].sort((a, b) => a.order - b.order);
  const parts = [
    stages.length > 0
      ? fill(words.approval, { stages: stages.map((stage) => stageText(stage, settings)).join(`, ${words.then} `) })
      : words.noApproval,
    then.maxDuration
      ? fill(words.maximum, { duration: moments.duration(then.maxDuration) })
      : then.endRequired
        ? words.end
        : '',
    then.evidenceMaxAge ? fill(words.proof, { duration: moments.duration(then.evidenceMaxAge) }) : '',
    then.fulfilWithin ? fill(words.within, { duration: moments.duration(then.fulfilWithin) }) : '',
    then.grace ? fill(words.graceOf, { duration: moments.duration(then.grace) }) : '',
    then.approvalExpiresAfter ? fill(words.expires, { duration: moments.duration(then.approvalExpiresAfter) }) : '',
    ...timeDemands(then, settings, moments),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function timeDemands(then: RuleInput['then'], settings: SettingsView, moments: Moments): readonly string[] {
  const said = en.admin.demands.sentence;
  const lasting = (text: string, duration: string | undefined) =>
    duration ? fill(text, { duration: moments.duration(duration) }) : '';
  const named = (found: { readonly name: string } | undefined, id: string) => found?.name ?? id;
  return [
    lasting(said.approved, then.approveWithin),
    lasting(said.removed, then.removeWithin),
    lasting(said.compromised, then.compromisedWithin),
    then.calendar
      ? fill(said.calendar, {
          calendar: named(
            settings.calendars.find(({ id }) => id === then.calendar),
            then.calendar,
          ),
        })
      : '',
    then.ladder
      ? fill(said.ladder, {
          ladder: named(
            [...settings.ladders, ...settings.defaultLadders].find(({ id }) => id === then.ladder),
            then.ladder,
          ),
        })
      : '',
    lasting(said.lead, then.revocationLead),
    then.extensionsAtMost === undefined ? '' : fill(said.extensions, { n: then.extensionsAtMost }),
    lasting(said.exception, then.exceptionAtMost),
    lasting(said.emergency, then.emergencyAtMost),
    lasting(said.review, then.reviewWithin),
  ];
}

function stageText(stage: StageInput, settings: SettingsView): string {
  const sources = stage.sources.map((source) => sourceText(source, settings));
  if (stage.quorum === 'all')
    return sources.length === 1 ? (sources[0] ?? '') : fill(words.all, { sources: sources.join(` ${words.and} `) });
  return fill(words.some, { n: stage.quorum, sources: sources.join(', ') });
}

function sourceText(source: SourceInput, settings: SettingsView): string {
  const word = en.admin.policy.source[source.kind];
  switch (source.kind) {
    case 'person':
      return `${word} (${source.accountId})`;
    case 'group':
      return `${word} (${source.group})`;
    case 'on-call':
      return `${word} (${settings.rotas.find(({ id }) => id === source.rota)?.name ?? source.rota})`;
    case 'field':
      return `${word} (${source.fieldId})`;
    default:
      return word;
  }
}

function testText(test: AttributeTestInput): string {
  const attribute = en.admin.policy.attribute[test.attribute];
  const parts = [
    test.in ? fill(words.is, { attribute, values: either(test.in) }) : '',
    test.notIn ? fill(words.isNot, { attribute, values: either(test.notIn) }) : '',
  ];
  return parts.filter((part) => part !== '').join(` ${words.and} `);
}

function either(values: readonly string[]): string {
  return values.length < 2
    ? (values[0] ?? '')
    : `${values.slice(0, -1).join(', ')} ${words.or} ${values[values.length - 1]}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
