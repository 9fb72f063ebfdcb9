export const problems = {
  'problems.title': 'Problems',
  'problems.none': 'No problems. This flow can be published.',
  'problems.level.error': 'Error',
  'problems.level.warning': 'Warning',
  'problems.level.hint': 'Hint',
  'problems.whole': 'Whole flow',
} as const
