/** What is said where a flow is paused and resumed. */
export const pause = {
  'operate.pause.menu': 'Pause…',
  'operate.pause.resume': 'Resume',
  'operate.pause.resumed':
    '{count, plural, =0 {The flow goes on.} one {The flow goes on, with # run that waited.} other {The flow goes on, with # runs that waited.}}',
  'operate.pause.held': 'Paused · {count, plural, =0 {nothing waits} one {# run waits} other {# runs wait}}',
  'operate.pause.resume.title': 'Let “{name}” go on?',
  'operate.pause.resume.hold':
    '{count, plural, =0 {No run waits. New events start runs again at once.} one {One run that waited begins, then new events start runs again at once.} other {# runs that waited begin in their order, then new events start runs again at once.}}',
  'operate.pause.resume.refuse':
    'New events start runs again. Those that came meanwhile are kept as dead letters: deliver them again where they should still count.',
  'operate.pause.why': 'Paused because: {reason}',
  'operate.pause.badge': 'Paused',
  'operate.pause.title': 'Pause “{name}”?',
  'operate.pause.lead': 'Runs finish the step they are at; no further step begins until you resume.',
  'operate.pause.events': 'Events meanwhile',
  'operate.pause.hold': 'Wait',
  'operate.pause.hold.help': 'They start runs that wait before their first step.',
  'operate.pause.refuse': 'Are kept as dead letters',
  'operate.pause.refuse.help': 'You deliver them again later, on the version that is live then.',
  'operate.pause.do': 'Pause',
  'operate.pause.done': '{name} is paused.',
} as const
