/** What is said about things that come in from outside, and about pinned outputs. */
export const clipboard = {
  'canvas.paste.refused': 'This cannot be pasted here',
  'canvas.paste.line': 'line {line, number}',
  'canvas.paste.not-json': 'This is neither a flow nor a table of up to 20 columns.',
  'canvas.paste.table':
    'A decision table with {rows, plural, one {# row} other {# rows}} was made. Its last column is what it gives.{left, plural, =0 {} one { # row was left out: a table has at most 500.} other { # rows were left out: a table has at most 500.}}',
  'canvas.drop.image': 'Pictures cannot be kept in a flow. A note with its name was placed.',
  'canvas.drop.image.note': 'Picture: {name}',
  'canvas.drop.large': 'The file is larger than {size}.',
  'canvas.say.pin.on':
    '{count, plural, one {What the step gave is pinned} other {What # steps gave is pinned}}: the steps behind are tried on it',
  'canvas.say.pin.off': 'Pin released',
  'canvas.say.pin.none': 'Nothing to pin yet: test the step first, or let the flow run once.',
} as const
