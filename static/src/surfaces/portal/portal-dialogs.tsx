import type { PortalRequestView } from '../../../../src/contract/request-view';
import { portalCalls } from '../../bridge';
import { ExtendDialog, type HeldItem } from '../../parts/extend-dialog';
import { GiveBackDialog } from '../../parts/give-back-dialog';
import { en } from '../../texts/en';

export type PortalDialogName = 'extend' | 'give-back';

interface Props {
  readonly name: PortalDialogName;
  readonly request: PortalRequestView;
  readonly now: number;
  readonly done: (view: PortalRequestView, told: string) => void;
  readonly close: () => void;
}

/** The customer's dialogs; they are loaded when the first of them is opened. */
export default function PortalDialogs({ name, request, now, done, close }: Props) {
  const endsAt = request.holding?.endsAt ?? request.endsAt;
  const items: readonly HeldItem[] = [
    {
      id: '',
      name: request.what?.entitlement ?? request.summary,
      ...(request.holding ? { since: request.holding.since } : {}),
      ...(endsAt ? { endsAt } : {}),
    },
  ];
  return name === 'extend' ? (
    <ExtendDialog
      items={items}
      now={now}
      close={close}
      extend={async (input) => done(await portalCalls.extendAccess(input), en.ends.extend.done)}
    />
  ) : (
    <GiveBackDialog
      items={items}
      close={close}
      giveBack={async (input) => done(await portalCalls.giveBack(input), en.ends.giveBack.done)}
    />
  );
}
