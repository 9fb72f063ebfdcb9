/** What other people want one to see. */
export const notices = {
  'notices.open': '{count, plural, =0 {Notices} one {Notices: # unread} other {Notices: # unread}}',
  'notices.title': 'Notices',
  'notices.read-all': 'Mark all as read',
  'notices.none': 'Nothing yet. You are told here when somebody names you in a comment (@), gives you a thread or answers you.',
  'notices.unread': 'Unread.',
  'notices.kind.mention': '{by} named you in “{flow}”',
  'notices.kind.assigned': '{by} gave you a thread in “{flow}”',
  'notices.kind.answer': '{by} answered in “{flow}”',
  'notices.gone': 'The comment was taken back.',
} as const
