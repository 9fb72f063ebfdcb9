const levels = 4

/** 0 for nothing, else 1 to 4: by the root, so that a step that is passed once can be told from one that never is. */
export function heatOf(passed: number, most: number): number {
  return passed === 0 || most === 0 ? 0 : Math.max(1, Math.ceil(Math.sqrt(passed / most) * levels))
}
