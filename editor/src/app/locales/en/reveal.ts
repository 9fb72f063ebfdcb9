export const reveal = {
  'reveal.open': 'Reveal…',
  'reveal.title': 'Look at a sealed value',
  'reveal.lead':
    'This one value is shown to you for a minute. Your name, the reason and the place go into the audit log; the value does not.',
  'reveal.reason': 'Why you need to see it',
  'reveal.reason.help': 'At least {count} characters. Do not write personal data here.',
  'reveal.do': 'Show it',
  'reveal.left': '{seconds} s left',
  'reveal.hide': 'Hide',
  'reveal.say': 'The value is shown',
} as const
