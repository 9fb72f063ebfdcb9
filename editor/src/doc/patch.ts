export { absent, getIn, type Patch, type Path, setIn } from '@sluice/flows/document'
