import { approvalOperations } from './desk/approval-operations';
import { deskCommentOperations } from './desk/comment-operations';
import { deskOperations } from './desk/desk-operations';
import { participantOperations } from './desk/participant-operations';
import { queueOperations } from './desk/queue-operations';
import { requestOperations } from './desk/request-operations';
import { slaOperations } from './desk/sla-operations';
import { deskTransitionOperations } from './desk/transition-operations';
import type { Operation } from './http/operation';
import { commentOperations } from './rest/comment-operations';
import { configurationOperations } from './rest/configuration-operations';
import { createMetadataOperations } from './rest/create-metadata-operations';
import { identityOperations } from './rest/identity-operations';
import { issueOperations } from './rest/issue-operations';
import { linkOperations } from './rest/link-operations';
import { permissionOperations } from './rest/permission-operations';
import { projectOperations } from './rest/project-operations';
import { propertyOperations } from './rest/property-operations';
import { searchOperations } from './rest/search-operations';
import { transitionOperations } from './rest/transition-operations';
import { workflowOperations } from './rest/workflow-operations';

/** Every operation that the site models; anything else answers 501. */
export const operations: readonly Operation[] = [
  ...identityOperations,
  ...permissionOperations,
  ...configurationOperations,
  ...projectOperations,
  ...createMetadataOperations,
  ...workflowOperations,
  ...issueOperations,
  ...transitionOperations,
  ...commentOperations,
  ...propertyOperations,
  ...linkOperations,
  ...searchOperations,
  ...deskOperations,
  ...requestOperations,
  ...approvalOperations,
  ...deskCommentOperations,
  ...deskTransitionOperations,
  ...participantOperations,
  ...slaOperations,
  ...queueOperations,
];
