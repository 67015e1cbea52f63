import type { ProjectRecord } from './records';

/** The project in which governance works: what was escalated, reviews, anchors of the digest. Facts only. */
export const governance: ProjectRecord = {
  id: '10010',
  key: 'GOV',
  name: 'Governance',
  uuid: '0d7c9b64-58f1-4a3e-8b21-7f4e6a2c1d90',
  projectTypeKey: 'business',
  issueTypeIds: ['10031'],
};
