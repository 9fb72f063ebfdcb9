export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export type Corner = 'end' | 'start'

/** Where the card stands: at the end, unless that would lie over what is being worked on and the other corner would not. */
export function cornerFor(card: { readonly [corner in Corner]: Box }, busy: readonly Box[]): Corner {
  const covers = (corner: Corner) => busy.some((box) => meets(card[corner], box))
  return covers('end') && !covers('start') ? 'start' : 'end'
}

function meets(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}
