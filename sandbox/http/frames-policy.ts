/** The content security policy of the app's frames, computed by the package that Forge computes it with. */
import { CSPInjectionService, CSPProcessingService } from '@forge/csp';
import { load } from 'cheerio';
import type { Manifest } from '../platform/manifest';

export const REPORT_PATH = '/bridge/csp-report';

export function framePolicy(html: string, manifest: Manifest, pageOrigin: string): string {
  const processing = new CSPProcessingService({ info: () => undefined }, load);
  const permissions = { external: manifest.external ?? {} } as Parameters<typeof processing.getCspDetails>[1];
  const directives = new CSPInjectionService().getInjectableCSP({
    existingCSPDetails: processing.getCspDetails(html, permissions),
    microsEnv: 'prod',
    parentEmbeddingDomain: pageOrigin,
  });
  // Atlassian collects reports on a server of its own; here nothing leaves the machine.
  return directives.map((line) => (line.startsWith('report-uri ') ? `report-uri ${REPORT_PATH}` : line)).join('; ');
}
