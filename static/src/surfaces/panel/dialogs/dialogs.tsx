import { panelCalls } from '../../../bridge';
import { ExtendDialog } from '../../../parts/extend-dialog';
import { GiveBackDialog } from '../../../parts/give-back-dialog';
import { en } from '../../../texts/en';
import { heldItems } from '../held-items';
import { AttestDialog } from './attest-dialog';
import { CompromisedDialog } from './compromised-dialog';
import { ConfirmAttestationDialog } from './confirm-attestation-dialog';
import { EmergencyDialog } from './emergency-dialog';
import type { DialogName, DialogProps } from './dialog-props';
import { EndExceptionDialog } from './end-exception-dialog';
import { ExceptionDialog } from './exception-dialog';
import { ReviewDialog } from './review-dialog';

/** The dialogs of the panel; they are loaded when the first of them is opened. */
export default function Dialogs({ name, ...props }: DialogProps & { readonly name: DialogName }) {
  switch (name) {
    case 'extend':
      return (
        <ExtendDialog
          items={heldItems(props.request)}
          now={props.now}
          close={props.close}
          extend={async (input) => props.done(await panelCalls.extendAccess(input), en.ends.extend.done)}
        />
      );
    case 'give-back':
      return (
        <GiveBackDialog
          items={heldItems(props.request)}
          close={props.close}
          giveBack={async (input) => props.done(await panelCalls.giveBack(input), en.ends.giveBack.done)}
        />
      );
    case 'grant-exception':
      return <ExceptionDialog {...props} />;
    case 'renew-exception':
      return <ExceptionDialog {...props} renewed={props.request.exception} />;
    case 'end-exception':
      return <EndExceptionDialog {...props} />;
    case 'attest':
      return <AttestDialog {...props} />;
    case 'confirm-attestation':
      return <ConfirmAttestationDialog {...props} />;
    case 'open-emergency':
      return <EmergencyDialog {...props} />;
    case 'review-emergency':
      return <ReviewDialog {...props} />;
    case 'mark-compromised':
      return <CompromisedDialog {...props} />;
  }
}
