import Button from '@atlaskit/button/new';
import { en } from '../../texts/en';

/** Save and cancel of a form. */
export function FormFoot({ saving, cancel, label }: { saving: boolean; cancel: () => void; label?: string }) {
  return (
    <div className="pg-actions">
      <Button type="submit" appearance="primary" isLoading={saving}>
        {label ?? en.common.save}
      </Button>
      <Button appearance="subtle" onClick={cancel} isDisabled={saving}>
        {en.common.cancel}
      </Button>
    </div>
  );
}
