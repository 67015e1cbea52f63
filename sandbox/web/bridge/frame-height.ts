/** Tells the page how tall the frame's content is. css-reset makes html and body as tall as the frame: children count. */

export function watchHeight(tell: (height: number) => void): void {
  let last = -1;
  const measure = () => {
    let bottom = 0;
    for (const child of document.body.children) {
      if (child instanceof HTMLScriptElement) continue;
      const box = child.getBoundingClientRect();
      if (box.height > 0) bottom = Math.max(bottom, box.bottom + window.scrollY);
    }
    const height = Math.ceil(bottom + parseFloat(getComputedStyle(document.body).paddingBottom || '0'));
    if (height === last) return;
    last = height;
    tell(height);
  };
  const sizes = new ResizeObserver(measure);
  const observeAll = () => {
    sizes.disconnect();
    sizes.observe(document.body);
    for (const child of document.body.children) sizes.observe(child);
    measure();
  };
  new MutationObserver(observeAll).observe(document.body, { childList: true });
  observeAll();
}
