import { TextAreaField } from '../../../parts/text-area-field';
import { TextLineField } from '../../../parts/text-line-field';
import { en } from '../../../texts/en';
import type { PolicyInput } from './policy-draft';

type Owners = Pick<PolicyInput, 'governanceOwnerIds' | 'privilegedOwnerIds' | 'fallbackApproverId'>;

/** Who governs, and who is asked when nobody independent is left. */
export function OwnersForm({ policy, change }: { policy: PolicyInput; change: (owners: Owners) => void }) {
  const words = en.admin.policy;
  const { governanceOwnerIds, privilegedOwnerIds, fallbackApproverId } = policy;
  const owners: Owners = { governanceOwnerIds, privilegedOwnerIds, fallbackApproverId };
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
          onChange={(text) => change({ ...owners, governanceOwnerIds: lines(text) })}
        />
        <TextAreaField
          label={words.privilegedOwners}
          hint={words.privilegedOwnersHint}
          optional
          value={(privilegedOwnerIds ?? []).join('\n')}
          onChange={(text) => change({ ...owners, privilegedOwnerIds: text === '' ? undefined : lines(text) })}
        />
        <TextLineField
          label={words.fallback}
          hint={words.fallbackHint}
          optional
          maxLength={128}
          value={fallbackApproverId ?? ''}
          onChange={(id) => change({ ...owners, fallbackApproverId: id.trim() || undefined })}
        />
      </div>
    </section>
  );
}

function lines(text: string): string[] {
  return text === '' ? [] : text.split('\n').map((line) => line.trim());
}
