export { type Autosave, type AutosavePorts, autosave, type SaveAnswer, type SaveState, type Saving } from './autosave.ts'
export {
  bottomPorts,
  type Catalogue,
  configOf,
  isTrigger,
  makeCatalogue,
  nameOf,
  orphanPorts,
  type Ports,
  portsOfStep,
  type StepType,
} from './catalogue.ts'
export { type Folded, foldedIn } from './collapse.ts'
export { addStep, type NewStep } from './commands/add.ts'
export {
  configure,
  configureMany,
  rename,
  setDescription,
  setFlowName,
  setLoopLimit,
  setRetry,
  setSettings,
  setTimeLimit,
  toggleDisabled,
} from './commands/edit.ts'
export { type Common, setCommon } from './commands/edit-many.ts'
export { type Extracted, extract, type NoExtract } from './commands/extract.ts'
export { toggleFolded } from './commands/fold.ts'
export {
  addNote,
  fitFrames,
  type GroupChange,
  groupSteps,
  renameGroup,
  resizeFrame,
  setGroup,
  ungroup,
  writeNote,
} from './commands/frames.ts'
export { inline, type NoInline } from './commands/inline.ts'
export { moveItems, nudge } from './commands/move.ts'
export { duplicate, type PasteOptions, paste } from './commands/paste.ts'
export { detach, removeItems } from './commands/remove.ts'
export { replaceAll } from './commands/replace-all.ts'
export { downstream } from './commands/splice.ts'
export { connect, disconnect, reconnect } from './commands/wires.ts'
export { bestOutput, type Refusal, refusal, refuseType } from './compat.ts'
export type { Draft } from './draft.ts'
export { emptyFlow, fromFile, toFile } from './file.ts'
export { createFlowStore, type FlowState, type FlowStore } from './flow-store.ts'
export { fragmentOf, outlineOf, readFragment } from './fragment.ts'
export { type GroupPort, groupOfEnd, groupPortPlace, groupPorts } from './group-ports.ts'
export type { Entry, History } from './history.ts'
export { standsInLoop } from './in-loop.ts'
export { type Journal, type JournalRecord, openJournal } from './journal.ts'
export { type Label, label } from './label.ts'
export {
  type End,
  type FlowDocument,
  type Group,
  groupRef,
  type Note,
  noteRef,
  type Ref,
  refTarget,
  type Selection,
  type Step,
  type Wire,
  wireId,
} from './model.ts'
export { type Checkpoint, keepPast, type Past, type PastRecord } from './past.ts'
export type { Patch, Path } from './patch.ts'
export { placeSteps } from './place-steps.ts'
export { createProblemStore, type ProblemStore, type ProblemView } from './problem-store.ts'
export type { Recovered } from './recover.ts'
export {
  around,
  type Box,
  boxOf,
  encloses,
  grid,
  groupBox,
  middleOf,
  noteBox,
  outputOffset,
  overlaps,
  type Place,
  placeOf,
  type Size,
  sizeOf,
  sizes,
} from './shape.ts'
export type { Loss } from './shared.ts'
export { openShelf, type Shelf } from './shelf.ts'
export { type Wiring, wiresInto, wiresOut, wiringOf } from './wiring.ts'
