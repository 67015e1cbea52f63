import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Vendors' own descriptions, when they lie beside the repository. They are data and never part of it. */
const folder = join(__dirname, '../../../shared/specs');

export function readVendorDescription<T>(file: string): T {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as T;
}

/** Says so when tests are left out. */
export function describeWithVendor(name: string, files: readonly string[], tests: () => void): void {
  if (files.every((file) => existsSync(join(folder, file)))) return describe(name, tests);
  describe(name, () => {
    test('is skipped: ../shared/specs is not present', () => {
      process.stdout.write(`${name}: skipped, the vendor's descriptions are not present.\n`);
    });
  });
}
