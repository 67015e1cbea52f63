import Button from '@atlaskit/button/new';
import type { RequestView } from '../../../../src/contract/request-view';
import { en } from '../../texts/en';
import type { DialogName } from './dialogs/dialog-props';

interface Action {
  readonly dialog: DialogName;
  readonly name: string;
  readonly hint: string;
}

/** What this person may do besides the usual: seldom needed, so it is behind "More". */
export function furtherActions(request: RequestView): readonly Action[] {
  const { may, exception } = request;
  const actions: Action[] = [];
  if (may.openEmergency)
    actions.push({ dialog: 'open-emergency', name: en.emergency.open.open, hint: en.emergency.open.hint });
  if (may.except && (!exception || exception.ended))
    actions.push({ dialog: 'grant-exception', name: en.exception.grant.open, hint: en.exception.grant.hint });
  if (may.markCompromised)
    actions.push({ dialog: 'mark-compromised', name: en.compromise.open, hint: en.compromise.hint });
  return actions;
}

export function MoreActions({ actions, open }: { actions: readonly Action[]; open: (dialog: DialogName) => void }) {
  return (
    <ul id="pg-more" className="pg-more" aria-label={en.more.label}>
      {actions.map((action) => (
        <li key={action.dialog}>
          <Button onClick={() => open(action.dialog)}>{action.name}</Button>
          <span className="pg-hint">{action.hint}</span>
        </li>
      ))}
    </ul>
  );
}
