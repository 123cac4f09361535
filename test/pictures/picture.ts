import sharp from 'sharp'

/** As many colours as a card needs to look the same. */
const COLOURS = 64
/** Pixels between the pictures of a sheet. */
const GAP = 8

/** A PNG with few colours: a fraction of the size, and nobody sees the difference. */
export const palette = (png: Buffer): Promise<Buffer> =>
  sharp(png).png({ palette: true, colours: COLOURS, effort: 10, compressionLevel: 9 }).toBuffer()

/** Pictures of one size, two in a row. */
export async function sheet(pictures: Buffer[]): Promise<Buffer> {
  const { width = 0, height = 0 } = await sharp(pictures[0]).metadata()
  const rows = Math.ceil(pictures.length / 2)
  const size = { width: 2 * width + GAP, height: rows * height + (rows - 1) * GAP }
  const places = pictures.map((input, index) => ({
    input,
    left: (index % 2) * (width + GAP),
    top: Math.floor(index / 2) * (height + GAP),
  }))
  return sharp({ create: { ...size, channels: 3, background: '#ffffff' } })
    .composite(places)
    .png()
    .toBuffer()
}
