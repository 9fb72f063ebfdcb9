export { absent, getIn, type Patch, type Path, setIn, undoPath } from '@sluice/flows/document'
