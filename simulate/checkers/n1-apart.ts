import type { Checker } from './checker';

/** N1: nothing of one installation reaches the storage, the issues or the log of another. */
export const apart: Checker = {
  name: 'N1',
  onWrite(_written, _installation, { body }, { others }) {
    for (const other of others)
      if (body.includes(other.marker)) return `data of installation ${other.index} was written elsewhere`;
    return undefined;
  },
  atEnd({ outputs, index }, { others }) {
    for (const other of others)
      if (outputs.some((text) => text.includes(other.marker)))
        return `installation ${index} was told something of installation ${other.index}`;
    return undefined;
  },
};
