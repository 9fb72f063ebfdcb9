/** Longest picture of a step type: it travels with every first visit of the canvas. */
export const pictureCharsMax = 8_192

const head = /^\s*(?:<\?xml\s[^>]*\?>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*<svg\s(?:[^>"']|"[^"]*"|'[^']*')*>/
const foot = /(?:<\/svg\s*>|\/>)\s*$/
/** Entities grow when they are read; a picture needs none of its own. */
const declares = /<!DOCTYPE|<!ENTITY/i

/** Half a character: it cannot be written into an address. */
const halves = /\p{Surrogate}/u

/**
 * Why a text cannot be the picture of a step type, or null. What is inside is not judged: a picture is only ever shown as an image,
 * where nothing runs and nothing is fetched.
 */
export function pictureFault(picture: string): string | null {
  const { length } = picture
  if (length > pictureCharsMax)
    return `SLU_NODE_PICTURE_SIZE: the picture has ${length} characters, at most ${pictureCharsMax} are allowed; simplify its paths`
  const opening = head.exec(picture)?.[0]
  const isSvg =
    opening?.includes('http://www.w3.org/2000/svg') === true && foot.test(picture) && !declares.test(picture) && !halves.test(picture)
  return isSvg
    ? null
    : 'SLU_NODE_PICTURE: the picture is no SVG text; it has to be one <svg xmlns="http://www.w3.org/2000/svg"> element without a DOCTYPE'
}

/** A picture as an address for `<img>`, the only way it is shown: never as markup of the page. */
export function pictureUrl(picture: string): string {
  return `data:image/svg+xml,${encodeURIComponent(picture)}`
}
