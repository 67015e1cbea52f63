import type { ProjectMapping } from '../domain/request/project-mapping';
import type { Ports } from './ports';
import { saveDocument, type SaveResult } from './steps/save-document';

/** Saves how a project is governed: request types, fields, workflow steps, enforcement. */
export function saveProject(
  ports: Pick<Ports, 'configuration' | 'people' | 'clock'>,
  asked: { readonly mapping: ProjectMapping; readonly expectedRev: number; readonly accountId: string },
): Promise<SaveResult<'project'>> {
  return saveDocument(ports, {
    kind: 'project',
    id: asked.mapping.projectId,
    value: asked.mapping,
    expectedRev: asked.expectedRev,
    accountId: asked.accountId,
  });
}
