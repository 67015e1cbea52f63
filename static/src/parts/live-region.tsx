/** Says a result to people who do not see it. Always in the page, so that a change of its text is told. */
export function LiveRegion({ text }: { text: string | undefined }) {
  return (
    <p className="pg-hidden" role="status" aria-live="polite">
      {text ?? ''}
    </p>
  );
}
