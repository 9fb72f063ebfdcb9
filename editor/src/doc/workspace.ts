export { applyPatches, Workspace } from '@sluice/flows/document'
