export const template = {
  'template.newer': 'The template has a newer version ({version, number}).',
  'template.look': 'See what would change',
} as const
