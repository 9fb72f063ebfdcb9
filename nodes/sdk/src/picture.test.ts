import { expect, test } from 'vitest'
import { pictureCharsMax, pictureFault, pictureUrl } from './picture.ts'

const svg = (inside: string) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${inside}</svg>`
test('an SVG is taken as it comes out of a drawing program', () => {
  expect(pictureFault(svg('<path d="M3 3h18"/>'))).toBeNull()
  expect(pictureFault(`<?xml version="1.0" encoding="UTF-8"?>\n<!-- Drawn by hand -->\n${svg('<!-- inside --><g/>')}\n`)).toBeNull()
  expect(pictureFault('<svg xmlns="http://www.w3.org/2000/svg" aria-label="a > b"/>')).toBeNull()
})

test('what is no SVG text is refused, whatever it calls itself', () => {
  const entity = `<!DOCTYPE svg [<!ENTITY a "aaaa">]>${svg('&a;')}`
  const others = ['', 'logo.svg', '<p>hello</p>', 'data:image/png;base64,AAAA', '<svg><path/></svg>', `${svg('')}<script>1</script>`]
  for (const text of [...others, entity, `<!-- <svg xmlns="http://www.w3.org/2000/svg"> --><p></svg>`, svg('\ud800')])
    expect(pictureFault(text), text).toContain('SLU_NODE_PICTURE:')
})

test('a picture that is too large is refused with its size and the limit', () => {
  const large = svg('x'.repeat(pictureCharsMax))
  expect(pictureFault(large)).toContain(`SLU_NODE_PICTURE_SIZE: the picture has ${large.length} characters, at most ${pictureCharsMax}`)
  expect(pictureFault(svg('x'.repeat(pictureCharsMax - svg('').length)))).toBeNull()
})

test('a text made to be read for ever is answered like any other', () => {
  const svgHead = '<svg xmlns="http://www.w3.org/2000/svg">'
  for (const text of [
    `${'<!-- -->'.repeat(1_000)}<svg `,
    `<svg ${'"" '.repeat(2_700)}`,
    `${' '.repeat(8_000)}<`,
    `${svgHead}${' '.repeat(8_000)}x`,
  ])
    expect(pictureFault(text)).toContain('SLU_NODE_PICTURE:')
})

test('as an address a picture keeps every character and opens nothing of the page', () => {
  const hostile = svg('<script>"\'&#%</script>')
  const url = pictureUrl(hostile)
  expect(url).toMatch(/^data:image\/svg\+xml,[^<>"#\s]*$/)
  expect(decodeURIComponent(url.slice(url.indexOf(',') + 1))).toBe(hostile)
})
