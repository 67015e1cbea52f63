import Button from '@atlaskit/button/new';
import { ChoiceField } from '../../../parts/choice-field';
import { TextLineField } from '../../../parts/text-line-field';
import { en } from '../../../texts/en';
import { isEmptyTest, type AttributeTestInput } from './policy-draft';

type Attribute = AttributeTestInput['attribute'];

interface Props {
  readonly whom: string;
  readonly label: string;
  readonly tests: readonly AttributeTestInput[];
  readonly change: (tests: AttributeTestInput[]) => void;
  readonly checked: boolean;
}

/** Tests on attributes of a person: department is one of … */
export function AttributeTests({ whom, label, tests, change, checked }: Props) {
  const words = en.admin.policy;
  const set = (index: number, test: AttributeTestInput) =>
    change(tests.map((known, at) => (at === index ? test : known)));
  return (
    <>
      {tests.map((test, index) => {
        const negative = test.notIn !== undefined && test.in === undefined;
        const values = (negative ? test.notIn : test.in) ?? [];
        const write = (attribute: Attribute, not: boolean, list: string[]) =>
          set(index, { attribute, ...(not ? { notIn: list } : { in: list }) });
        return (
          <div key={index} className="pg-part-line" role="group" aria-label={whom}>
            <ChoiceField
              label={whom}
              value={test.attribute}
              options={(Object.keys(words.attribute) as Attribute[]).map((value) => ({
                value,
                label: words.attribute[value],
              }))}
              onChange={(attribute) => write(attribute, negative, values)}
            />
            <ChoiceField
              label={words.comparison}
              value={negative ? 'not' : 'in'}
              options={[
                { value: 'in', label: words.isOneOf },
                { value: 'not', label: words.isNoneOf },
              ]}
              onChange={(kind) => write(test.attribute, kind === 'not', values)}
            />
            <TextLineField
              label={words.values}
              value={values.join(',')}
              onChange={(text) =>
                write(
                  test.attribute,
                  negative,
                  text.split(',').map((value) => value.trimStart()),
                )
              }
              hint={words.valuesHint}
              error={checked && isEmptyTest(test) ? en.admin.required : undefined}
            />
            <div className="pg-line-end">
              <Button onClick={() => change(tests.filter((_known, at) => at !== index))}>{en.common.remove}</Button>
            </div>
          </div>
        );
      })}
      <div>
        <Button spacing="compact" onClick={() => change([...tests, { attribute: 'department', in: [] }])}>
          {label}
        </Button>
      </div>
    </>
  );
}
