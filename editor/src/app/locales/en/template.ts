export const template = {
  'template.newer': 'The template has a newer version ({version, number}).',
  'template.look': 'See what would change',
  'template.title': 'Bring in version {to, number}',
  'template.lead': 'What you changed yourself stays. What only the template changed comes in.',
  'template.note': 'About this version: {note}',
  'template.none': 'Nothing would change in your copy.',
  'template.changes': 'What would change',
  'template.conflicts':
    '{count, plural, one {Both changed one thing. Choose a side.} other {Both changed # things. Choose a side for each.}}',
  'template.ours': 'Keep mine',
  'template.theirs': 'Take the template’s',
  'template.gone': '(removed)',
  'template.submit': 'Bring it in',
  'template.done': 'Your draft follows version {to, number} now.',
} as const
