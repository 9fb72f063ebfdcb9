/** The rules of a workspace that hold in every flow. */
export const dualTrack = {
  'settings.switches': 'Rules for every flow',
  'settings.dual-track': 'Dual-track check',
  'settings.dual-track.text':
    'With this on, a review about a high-value customer goes to the director after the reviewer, in every flow. Reviews that are already open keep their signers.',
  'settings.dual-track.is-on': 'The director now checks high-value customers too',
  'settings.dual-track.is-off': 'High-value customers are checked like all others',
  'settings.dual-track.last': 'Changed {when} by {person}',
} as const
