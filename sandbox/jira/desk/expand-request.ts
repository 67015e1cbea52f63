import { fieldIds } from '../access-desk';
import type { Call } from '../http/operation';
import { commentsSeenBy, isPublic } from '../issues/comments';
import { tiesTo } from '../issues/find-issue';
import { isAgent } from '../people/permissions';
import { deskUserAnswer } from '../people/user-answers';
import type { IssueRecord } from '../records';
import { refuse } from '../refusal';
import { deskCommentAnswer } from './comment-answers';
import { wholeList } from './whole-list';
import { requestAnswer, requestStatusAnswer, requestTypeAnswer, requestTypeOf } from './request-answers';
import { serviceDeskAnswer } from './service-desk-answers';
import { slaAnswers } from './sla';
import { statusRounds } from './status-rounds';

/** A customer request with the expansions that the caller asked for. */
export function expandedRequest(call: Call, issue: IssueRecord, expand: readonly string[]): Record<string, unknown> {
  const body = requestAnswer(call.site, issue, call.actor.accountId);
  for (const name of expand) Object.assign(body, expansion(call, issue, name));
  return body;
}

function expansion(call: Call, issue: IssueRecord, name: string): Record<string, unknown> {
  const { site, actor } = call;
  const reader = actor.accountId;
  const self = `${site.baseUrl()}/rest/servicedeskapi/request/${issue.id}`;
  switch (name) {
    case 'participant': {
      const people = (issue.values[fieldIds.participants] ?? []) as string[];
      return {
        participants: wholeList(
          site,
          `${self}/participant`,
          people.map((id) => deskUserAnswer(site, id, reader)),
        ),
      };
    }
    case 'status': {
      const rounds = statusRounds(site, issue).map(({ statusId, since }) => requestStatusAnswer(site, statusId, since));
      return { status: wholeList(site, `${self}/status`, rounds) };
    }
    case 'sla':
      // Customers do not learn what the desk has promised itself.
      return isAgent(site, reader, issue.projectId)
        ? { sla: wholeList(site, `${self}/sla`, slaAnswers(site, issue)) }
        : {};
    case 'requestType': {
      const type = requestTypeOf(issue);
      return type === undefined ? {} : { requestType: requestTypeAnswer(site, type) };
    }
    case 'serviceDesk':
      return { serviceDesk: serviceDeskAnswer(site) };
    case 'comment': {
      const comments = commentsSeenBy(site, issue, reader).filter(
        (comment) => isPublic(comment) || isAgent(site, reader, issue.projectId),
      );
      return {
        comments: wholeList(
          site,
          `${self}/comment`,
          comments.map((comment) => deskCommentAnswer(site, issue, comment, reader, false)),
        ),
      };
    }
    case 'action': {
      const allowed = isAgent(site, reader, issue.projectId) || tiesTo(site, reader, issue).has('reporter');
      return {
        actions: {
          addAttachment: { allowed: false },
          addComment: { allowed: true },
          addParticipant: { allowed },
          removeParticipant: { allowed },
        },
      };
    }
    default:
      throw refuse(501, `The sandbox does not model the expansion '${name}' of a customer request.`);
  }
}
