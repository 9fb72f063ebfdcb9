import type { Silhouette } from '@sluice/sdk'

/** Outline of a card as an SVG path, `down` further down: its kind is told by its shape before its colour (EDITOR.md §6.1). */
export function outline(kind: Silhouette, width: number, height: number, inset = 0, down = 0): string {
  const left = inset
  const top = inset + down
  const right = width - inset
  const bottom = height - inset + down
  const radius = Math.max(2, 10 - inset)
  const start = kind === 'trigger' ? Math.min(32 - inset, (bottom - top) / 2) : radius
  const notch = kind === 'decision' ? 9 : 0
  const middle = (top + bottom) / 2
  const rightSide =
    notch === 0
      ? `V ${bottom - radius}`
      : `V ${middle - 11} q 0 3 -2.5 5 L ${right - notch + 1} ${middle - 1.5} q -1.5 1.5 0 3 L ${right - 2.5} ${middle + 6} q 2.5 2 2.5 5 V ${bottom - radius}`
  return [
    `M ${left + start} ${top}`,
    `H ${right - radius} q ${radius} 0 ${radius} ${radius}`,
    rightSide,
    `q 0 ${radius} ${-radius} ${radius}`,
    `H ${left + start} q ${-start} 0 ${-start} ${-start}`,
    `V ${top + start} q 0 ${-start} ${start} ${-start} Z`,
  ].join(' ')
}

/** Tick marks along the upper edge: the rim of a clock. */
export function ticks(width: number): string {
  const marks: string[] = []
  for (let x = 20, index = 0; x <= width - 20; x += 8, index++) marks.push(`M ${x} 1 v ${index % 4 === 0 ? 6 : 3.5}`)
  return marks.join(' ')
}
