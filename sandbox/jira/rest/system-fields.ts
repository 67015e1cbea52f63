/** Fields that Jira computes, as the field list shows them. */
const computed = (id: string, name: string, type: string, clauseNames: string[], navigable = true) => ({
  id,
  key: id,
  name,
  custom: false,
  orderable: false,
  navigable,
  searchable: true,
  clauseNames,
  schema: { type, system: id },
});

export const systemFieldAnswers = [
  computed('project', 'Project', 'project', ['project']),
  computed('issuetype', 'Issue Type', 'issuetype', ['issuetype', 'type']),
  computed('status', 'Status', 'status', ['status']),
  computed('resolution', 'Resolution', 'resolution', ['resolution']),
  computed('resolutiondate', 'Resolved', 'datetime', ['resolutiondate', 'resolved']),
  computed('creator', 'Creator', 'user', ['creator']),
  computed('created', 'Created', 'datetime', ['created', 'createdDate']),
  computed('updated', 'Updated', 'datetime', ['updated', 'updatedDate']),
  computed('statuscategorychangedate', 'Status Category Changed', 'datetime', ['statusCategoryChangedDate']),
  computed('issuelinks', 'Linked Issues', 'array', ['issueLink']),
  computed('comment', 'Comment', 'comments-page', ['comment'], false),
];
