import { type LayoutRequest, layout } from './layout.ts'

addEventListener('message', (event: MessageEvent<LayoutRequest>) => {
  postMessage(layout(event.data))
})
