interface Span {
  readonly start: number
  readonly end: number
}

/** How far a list has to scroll so that an item is in sight; 0 where it is already. */
export function shiftInto(seen: Span, item: Span): number {
  if (item.start < seen.start) return item.start - seen.start
  return Math.max(0, Math.min(item.end - seen.end, item.start - seen.start))
}

/** Moves nothing but the list: `scrollIntoView` moves the page as well, which on a phone scrolls away its head. */
export function scrollWithin(list: Element, item: Element): void {
  const seen = list.getBoundingClientRect()
  const box = item.getBoundingClientRect()
  list.scrollTop += shiftInto({ start: seen.top, end: seen.bottom }, { start: box.top, end: box.bottom })
  list.scrollLeft += shiftInto({ start: seen.left, end: seen.right }, { start: box.left, end: box.right })
}
