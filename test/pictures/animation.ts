/** The main job in half a minute, from the pictures of single cards. */
import sharp from 'sharp'

export interface Scene {
  card: Buffer
  caption: string
  /** Pixels of the card that are above the scene: a long one is shown in pieces. */
  from?: number
  /** Milliseconds. */
  lasts: number
}

const SIZE = { width: 500, height: 580 }
const BAR = 48
const MARGIN = 24

/** A GIF that repeats for ever. */
export async function animation(scenes: Scene[]): Promise<Buffer> {
  const frames = await Promise.all(scenes.map(frame))
  return sharp(frames, { join: { animated: true } })
    .gif({ delay: scenes.map(({ lasts }) => lasts), loop: 0, colours: COLOURS, effort: 10 })
    .toBuffer()
}

const COLOURS = 64

async function frame({ card, caption, from = 0 }: Scene): Promise<Buffer> {
  const { width = 0, height = 0 } = await sharp(card).metadata()
  const room = SIZE.height - BAR - (from > 0 ? 0 : MARGIN)
  const shown = Math.min(height - from, room)
  const piece = await sharp(card).extract({ left: 0, top: from, width, height: shown }).png().toBuffer()
  return sharp({ create: { ...SIZE, channels: 3, background: '#f0f0f0' } })
    .composite([
      { input: piece, left: Math.round((SIZE.width - width) / 2), top: BAR + (from > 0 ? 0 : MARGIN) },
      { input: bar(caption), left: 0, top: 0 },
    ])
    .png()
    .toBuffer()
}

const bar = (caption: string): Buffer =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE.width}" height="${BAR}">
    <rect width="100%" height="100%" fill="#115e63"/>
    <text x="${MARGIN}" y="31" font-family="sans-serif" font-size="18" fill="#ffffff">${caption}</text>
  </svg>`)
