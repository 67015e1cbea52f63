import type { ConnectorView } from '../../../../../src/contract/settings-view';
import { Notice } from '../../../parts/notice';
import { ToggleField } from '../../../parts/toggle-field';
import { en, fill } from '../../../texts/en';
import { whatWritingNeeds } from './writing';

interface Props {
  readonly connector: ConnectorView | undefined;
  readonly direct: boolean;
  readonly onChange: (direct: boolean) => void;
}

/** Whether the app makes the changes of an entry itself, and what its connector needs for that. */
export function FulfilmentField({ connector, direct, onChange }: Props) {
  const words = en.admin.catalogue.fulfilment;
  const target = connector?.name ?? '';
  const needs = connector && whatWritingNeeds(connector);
  return (
    <>
      <ToggleField
        label={words.direct}
        hint={fill(direct && !needs ? words.directOn : words.directOff, { target })}
        on={direct}
        // What is on can always be switched off.
        disabled={needs !== undefined && !direct}
        onChange={onChange}
      />
      {needs && (
        <Notice tone={direct ? 'warning' : 'information'} title={words.needsTitle}>
          <p className="pg-foreign">{fill(words.needs[needs], { target })}</p>
        </Notice>
      )}
    </>
  );
}
