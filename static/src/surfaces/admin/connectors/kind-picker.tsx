import type { ConnectorKindView } from '../../../../../src/contract/settings-view';
import { en } from '../../../texts/en';

type Kind = ConnectorKindView['kind'];

const words = en.admin.connectors;
const groups: Readonly<Record<keyof typeof words.groups, readonly Kind[]>> = {
  identity: ['okta', 'entra', 'google-workspace', 'keycloak', 'sailpoint'],
  cloud: ['github', 'aws-identity-center', 'keystone'],
  any: ['scim', 'feed', 'relay', 'manual'],
};

/** Every kind of target in sight, in groups, each with what it is read for. */
export function KindPicker({
  kinds,
  chosen,
  choose,
}: {
  kinds: readonly ConnectorKindView[];
  chosen: Kind | undefined;
  choose: (rule: ConnectorKindView) => void;
}) {
  const grouped = new Set(Object.values(groups).flat());
  const inGroup = (name: keyof typeof groups): readonly ConnectorKindView[] => [
    ...groups[name].flatMap((kind) => kinds.filter((rule) => rule.kind === kind)),
    // A kind that this page has not heard of yet is still offered.
    ...(name === 'any' ? kinds.filter((rule) => !grouped.has(rule.kind)) : []),
  ];
  return (
    <div className="pg-kinds">
      {(Object.keys(groups) as Array<keyof typeof groups>).map((name) => (
        <div key={name} className="pg-kind-group">
          <h4 className="pg-h4">{words.groups[name]}</h4>
          <div className="pg-kind-cards">
            {inGroup(name).map((rule) => (
              <button
                key={rule.kind}
                type="button"
                className="pg-kind"
                aria-current={rule.kind === chosen ? 'true' : undefined}
                onClick={() => choose(rule)}
              >
                <span className="pg-kind-name">{rule.label}</span>
                <span className="pg-hint">{words.kinds[rule.kind]}</span>
              </button>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
