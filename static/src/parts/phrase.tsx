import { Fragment, type ReactNode } from 'react';

/** A text with its places filled by anything that can be shown. */
export function Phrase({ text, values }: { text: string; values: Readonly<Record<string, ReactNode>> }) {
  return (
    <>
      {text.split(/\{(\w+)\}/).map((piece, index) => (
        <Fragment key={index}>{index % 2 === 1 ? values[piece] : piece}</Fragment>
      ))}
    </>
  );
}
