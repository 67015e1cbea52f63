import { TextAreaField } from '../../../parts/text-area-field';
import { TextLineField } from '../../../parts/text-line-field';
import { en } from '../../../texts/en';
import type { PolicyInput } from './policy-draft';

/** Who governs, and who is asked when nobody independent is left. */
export function OwnersForm({
  policy,
  change,
}: {
  policy: PolicyInput;
  change: (owners: Pick<PolicyInput, 'governanceOwnerIds' | 'fallbackApproverId'>) => void;
}) {
  const words = en.admin.policy;
  const { governanceOwnerIds, fallbackApproverId } = policy;
  return (
    <section className="pg-card" aria-labelledby="pg-owners">
      <h3 id="pg-owners" className="pg-h3">
        {words.generalTitle}
      </h3>
      <div className="pg-form-grid">
        <TextAreaField
          label={words.governance}
          hint={words.governanceHint}
          value={governanceOwnerIds.join('\n')}
          onChange={(text) =>
            change({
              governanceOwnerIds: text === '' ? [] : text.split('\n').map((line) => line.trim()),
              fallbackApproverId,
            })
          }
        />
        <TextLineField
          label={words.fallback}
          hint={words.fallbackHint}
          optional
          maxLength={128}
          value={fallbackApproverId ?? ''}
          onChange={(id) =>
            change({
              governanceOwnerIds,
              ...(id.trim() ? { fallbackApproverId: id.trim() } : { fallbackApproverId: undefined }),
            })
          }
        />
      </div>
    </section>
  );
}
