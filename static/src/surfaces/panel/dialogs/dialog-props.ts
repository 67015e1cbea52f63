import type { RequestView } from '../../../../../src/contract/request-view';

/** The dialogs of the panel by name. */
export type DialogName =
  | 'extend'
  | 'give-back'
  | 'grant-exception'
  | 'renew-exception'
  | 'end-exception'
  | 'attest'
  | 'confirm-attestation'
  | 'open-emergency'
  | 'review-emergency'
  | 'mark-compromised';

export interface DialogProps {
  readonly request: RequestView;
  readonly now: number;
  /** Shows the answer, closes the dialog and says what happened. */
  readonly done: (view: RequestView, told: string) => void;
  readonly close: () => void;
}
