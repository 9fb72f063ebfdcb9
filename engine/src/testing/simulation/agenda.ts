/** What is going to happen, by time; of two at the same time the one that was noted first. */
export class Agenda<Item> {
  readonly #items: { readonly at: number; readonly item: Item }[] = []

  get nextAt(): number | null {
    return this.#items[0]?.at ?? null
  }

  add(at: number, item: Item): void {
    let index = this.#items.length
    while (index > 0 && (this.#items[index - 1]?.at ?? 0) > at) index--
    this.#items.splice(index, 0, { at, item })
  }

  take(): Item | null {
    return this.#items.shift()?.item ?? null
  }

  /** What comes next up to a time, as long as it fits. */
  takeWhile(until: number, limit: number, fits: (item: Item) => boolean): Item[] {
    const taken: Item[] = []
    for (
      let next = this.#items[0];
      next !== undefined && taken.length < limit && next.at <= until && fits(next.item);
      next = this.#items[0]
    ) {
      this.#items.shift()
      taken.push(next.item)
    }
    return taken
  }

  drop(unwanted: (item: Item) => boolean): void {
    const kept = this.#items.filter(({ item }) => !unwanted(item))
    this.#items.splice(0, this.#items.length, ...kept)
  }
}
