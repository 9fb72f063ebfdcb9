import { type CountRequest, dueTimes } from './next-times.ts'

// Clock lines are read here: what reads them is not in the page.
addEventListener('message', ({ data: { id, spec, now } }: MessageEvent<CountRequest>) => {
  postMessage({ id, dues: dueTimes(spec, now) })
})
