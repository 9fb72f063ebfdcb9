/**
 * Lists by number of which most stay empty or hold one item: none is made before it is needed, and the first item makes it in its size.
 * (An empty list that is pushed to takes room for 17.)
 */
export function addTo<Item>(lists: (readonly Item[])[], at: number, item: Item): void {
  const list = lists[at]
  if (list === undefined) return
  if (list.length === 0) lists[at] = [item]
  else (list as Item[]).push(item)
}

const nothing: readonly never[] = Object.freeze([])

export function emptyLists<Item>(count: number): (readonly Item[])[] {
  return new Array<readonly Item[]>(count).fill(nothing)
}
