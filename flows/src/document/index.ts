export { diffDocuments } from './diff.ts'
export { sameJson } from './equal.ts'
export { edgeOf, emptyFlow, fromFile, inOrder, toFile } from './file.ts'
export { type Merge, mergePatches } from './merge.ts'
export {
  type Collection,
  collections,
  type End,
  type FlowDocument,
  type Group,
  type Head,
  type Items,
  type Note,
  type Step,
  type Wire,
  wire,
  wireId,
} from './model.ts'
export { absent, getIn, type Patch, type Path, setIn, undoPath } from './patch.ts'
export { covers, type Place, placeOf, placeText, wholeItem } from './place.ts'
export { patchLimits, readPatches } from './wire.ts'
export { applyPatches, Workspace } from './workspace.ts'
