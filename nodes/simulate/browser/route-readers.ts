/** Stands in for the readers of files and pushes (`csv-parse`, `fast-xml-parser`) where a browser plays a draft: only routes use them. */
export function parse(): never {
  throw new Error('A simulation in the browser reads no files')
}

export class XMLParser {
  readonly parse = parse
}
