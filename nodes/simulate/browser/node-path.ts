/** Stands in for `node:path` where a browser plays a draft: paths are named when a server starts, and none starts here. */
export function join(): never {
  throw new Error('A simulation in the browser has no files')
}
