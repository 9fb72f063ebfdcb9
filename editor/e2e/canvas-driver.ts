import type { Locator, Page } from 'playwright-core'

/** What a hand does on the canvas, said in the words of the analyst. */
export class CanvasDriver {
  readonly #page: Page
  constructor(page: Page) {
    this.#page = page
  }

  get surface(): Locator {
    return this.#page.getByTestId('canvas')
  }

  steps(): Locator {
    return this.surface.locator('[data-step-id]')
  }

  step(id: string): Locator {
    return this.surface.locator(`[data-step-id="${id}"]`)
  }

  stepOfType(type: string): Locator {
    return this.surface.locator(`[data-step-id][data-node-type="${type}"]`)
  }

  async idOf(type: string): Promise<string> {
    const id = await this.stepOfType(type).first().getAttribute('data-step-id')
    if (id === null) throw new Error(`No step of type ${type} on the canvas`)
    return id
  }

  /** Drags a step out of the palette and drops it; x and y are shares of the canvas. */
  async dragStep(type: string, x: number, y: number): Promise<string> {
    const before = await this.stepOfType(type).count()
    const item = this.#page.getByTestId('palette').locator(`[data-node-type="${type}"]`)
    await item.scrollIntoViewIfNeeded()
    const target = await this.#box(this.surface)
    await this.#drag(await this.#middle(item), { x: target.x + target.width * x, y: target.y + target.height * y })
    await this.stepOfType(type).nth(before).waitFor()
    return this.idOf(type)
  }

  /** Draws a wire from an output port to the input of another step. */
  async wire(from: string, port: string, to: string): Promise<void> {
    const source = this.surface.locator(`[data-port-step="${from}"][data-port="${port}"][data-port-side="out"]`)
    const target = this.surface.locator(`[data-port-step="${to}"][data-port-side="in"]`)
    await this.#drag(await this.#middle(source), await this.#middle(target))
  }

  async #drag(from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
    const { mouse } = this.#page
    await mouse.move(from.x, from.y)
    await mouse.down()
    await mouse.move(from.x + 8, from.y + 4, { steps: 3 })
    await mouse.move(to.x, to.y, { steps: 12 })
    await mouse.up()
  }

  async #middle(locator: Locator): Promise<{ x: number; y: number }> {
    const box = await this.#box(locator)
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }

  async #box(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
    const box = await locator.boundingBox()
    if (box === null) throw new Error(`Not on screen: ${locator}`)
    return box
  }
}
