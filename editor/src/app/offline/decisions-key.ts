/** Where this browser keeps what was decided without a network. */
export const decisionsKey = 'sluice.decisions'
