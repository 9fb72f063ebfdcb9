/**
 * While the view only moves, the drawing is a layer of its own that the browser shifts: otherwise it paints all that is in sight in every
 * frame. A layer keeps the size it was painted at, so a zoom ends it, and so does rest: text stays sharp.
 */
export function panLayer(host: () => HTMLElement | null) {
  let begun: number | null = null
  const put = (isOn: boolean) => {
    const element = host()
    if (element === null || (element.dataset.panned !== undefined) === isOn) return
    if (isOn) element.dataset.panned = ''
    else delete element.dataset.panned
  }
  return {
    start: (zoom: number) => {
      begun = zoom
    },
    move: (zoom: number) => put(zoom === begun),
    end: () => {
      begun = null
      put(false)
    },
  }
}
