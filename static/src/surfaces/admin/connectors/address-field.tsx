import type { ConnectorKindView } from '../../../../../src/contract/settings-view';
import { TextLineField } from '../../../parts/text-line-field';
import { en, fill } from '../../../texts/en';
import type { Problem } from './connector-draft';

interface Props {
  readonly rule: ConnectorKindView;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly problem: Problem | undefined;
}

/** Where the target is: typed, fixed, or nowhere because nobody is called. */
export function AddressField({ rule: { address, kind }, value, onChange, problem }: Props) {
  const words = en.admin.connectors;
  if (address.kind === 'none' || address.kind === 'fixed')
    return (
      <div className="pg-field">
        <p className="pg-label">{words.baseUrl}</p>
        {address.kind === 'fixed' && <p className="pg-fixed pg-foreign">{address.url}</p>}
        <p className="pg-hint">
          {address.kind === 'fixed'
            ? words.fixedAddressHint
            : kind === 'manual'
              ? words.noAddressManual
              : words.noAddress}
        </p>
      </div>
    );
  const { example } = address;
  return (
    <TextLineField
      label={words.baseUrl}
      hint={fill(address.kind === 'vendor' ? words.vendorAddressHint : words.ownAddressHint, { example })}
      type="url"
      maxLength={500}
      value={value}
      onChange={onChange}
      error={
        problem === 'missing'
          ? en.admin.required
          : problem === 'wrong'
            ? fill(words.vendorAddressWrong, { example })
            : undefined
      }
    />
  );
}
