/** Unit tests that put other modules in the place of some, or load them anew: from the root of the repository, without a worker shared with others. */
export const alone: readonly string[] = [
  'editor/src/app/early.test.ts',
  'editor/src/canvas/lanes-kept.test.ts',
  'editor/tools/step-faces.test.ts',
]
